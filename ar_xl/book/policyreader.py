"""The policy tables as rules: settings, terms, fee policies, ladder, loss rates.

A policy is never guessed: what is not understood is a finding that stops every posting.
"""

from __future__ import annotations

from collections.abc import Mapping

from ar_xl.core.arrays import AnyArray
from ar_xl.core.findings import Finding
from ar_xl.core.frames import Frame
from ar_xl.core.policy import Policy
from ar_xl.core.policyrows import (
    POLICY_TWICE,
    fee_ceilings_of,
    fee_policy_of,
    loss_rate_of,
    named_rules,
    step_of,
    terms_of,
)
from ar_xl.core.settings import Settings, read_settings
from ar_xl.core.tables import BY_NAME


def settings_of(columns: Mapping[str, AnyArray]) -> Settings:
    """The settings of a Settings sheet; what is not understood takes its default.

    Args:
        columns: the text columns of Settings by key; empty where there is no such table.
    """
    return read_settings(_setting_texts(columns))[0]


def read_policy(frames: Mapping[str, Frame]) -> tuple[Policy, list[Finding]]:
    """Read every rule of a workbook.

    Args:
        frames: the policy tables by name; a table that is not there gives no rules.

    Returns:
        The policy, and a finding for each cell that was not understood.
    """
    findings: list[Finding] = []
    settings = _frame(frames, "Settings")
    names = settings.text("setting").tolist()
    rows = {name: int(row) for name, row in zip(names, settings.row.tolist(), strict=True)}
    values, unread = read_settings(_setting_texts(settings.columns), rows)
    findings += unread
    findings += [
        Finding(POLICY_TWICE, "Settings", int(settings.row[at]), "setting", name, f"`{name}` again")
        for at, name in enumerate(names)
        if name in names[:at]
    ]
    ladder = named_rules(_frame(frames, "Ladder"), step_of, findings)
    policy = Policy(
        settings=values,
        terms=named_rules(_frame(frames, "Terms"), terms_of, findings),
        fee_policies=named_rules(_frame(frames, "FeePolicies"), fee_policy_of, findings),
        fee_ceilings=fee_ceilings_of(_frame(frames, "FeeCeilings"), findings),
        ladder=tuple(sorted(ladder.values(), key=lambda step: step.after_days)),
        loss_rates=named_rules(_frame(frames, "LossRates"), loss_rate_of, findings),
        reserves=_frame(frames, "Reserves"),
        rates=_frame(frames, "Rates"),
    )
    return policy, findings


def _frame(frames: Mapping[str, Frame], name: str) -> Frame:
    return frames[name] if name in frames else Frame.empty(BY_NAME[name])


def _setting_texts(columns: Mapping[str, AnyArray]) -> dict[str, str]:
    names, values = columns.get("setting", ()), columns.get("value", ())
    texts = {str(name): str(value) for name, value in zip(names, values, strict=True)}
    return {name: text for name, text in texts.items() if name}
