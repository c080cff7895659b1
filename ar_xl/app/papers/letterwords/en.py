"""Letters in English."""

from __future__ import annotations

from ar_xl.app.papers.letterwords.parts import Body, LetterWords

WORDS = LetterWords(
    reference="Our reference",
    customer="Customer no.",
    dear="Dear {{ customer.contact }},",
    dear_nobody="Dear Sir or Madam,",
    amounts_in="Amounts in {{ table.currency }}",
    document="Document",
    date="Date",
    due="Due",
    days="Days late",
    open="Open",
    disputed="In dispute",
    total="Open in all",
    less_disputed="Less what is in dispute",
    less_planned="Less what is on your payment plan",
    less_credits="Less credits on your account",
    less_promised="Less what you promised to pay",
    please_pay="Please pay",
    in_dispute="You have questioned {{ disputed }} of this. We do not ask for that amount here and "
               "will settle it with you separately.",
    pay_to="Please pay to: {{ company.pay_to }}. Quote your customer number {{ customer.id }}, so "
           "that we can credit your account at once.",
    closing="Yours sincerely,",
    page="Page PAGE of PAGES",
    bodies={
        "Friendly reminder": Body(
            "A friendly reminder",
            (
                "{% if oldest_days %}It may simply have slipped your attention: the items below "
                "are now past their due date.{% else %}We would like to remind you in good time "
                "of the items below, which fall due soon.{% endif %}",
            ),
            (
                "If you have already paid, please accept our thanks and disregard this letter. If "
                "anything about these items is unclear, we are glad to help.",
            ),
        ),
        "First reminder": Body(
            "First reminder: amounts past due",
            (
                "According to our books the items below are past due, the oldest since "
                "{{ oldest_due }}. Please let us have {{ asked }} within the next ten days.",
            ),
            (
                "If your payment is already on its way, please accept our thanks. If something "
                "stands in the way of it, let us know, so that we can find a solution together.",
            ),
        ),
        "Second reminder": Body(
            "Second reminder: your account is overdue",
            (
                "We have written to you about your account before, and the items below are still "
                "unpaid. The oldest is now {{ oldest_days }} days past due.",
                "We ask you to pay {{ asked }} within seven days.",
            ),
            (
                "If you cannot pay all of it at once, or do not agree with an item, please call us "
                "within these seven days. Without word from you we have to assume that the account "
                "is correct.",
            ),
        ),
        "Final notice": Body(
            "Final notice",
            (
                "In spite of our earlier reminders the items below are still unpaid, the oldest "
                "for {{ oldest_days }} days. This is our final notice about them.",
                "We expect {{ asked }} within seven days of the date of this letter.",
            ),
            (
                "If neither the payment nor a proposal from you has reached us by then, we will "
                "decide without further notice on what terms we can go on supplying you, and how "
                "to collect the amount. We would rather settle this with you directly.",
            ),
        ),
        "Promise broken": Body(
            "The payment you promised",
            (
                "You promised us {{ promise.amount }} by {{ promise.date }}. {% if "
                "promise.received "
                "%}Of this we have received {{ promise.received }}.{% else %}We relied "
                "on your word "
                "and have not received the payment.{% endif %}",
                "Please pay {{ asked }} now, or call us today and tell us when we can expect it.",
            ),
            (
                "If you have paid in the last few days, please accept our thanks and send us the "
                "details of the transfer.",
            ),
        ),
        "Returned payment": Body(
            "Your payment was returned",
            (
                "Your payment of {{ returned.amount }}{% if returned.check_no %} (check no. "
                "{{ returned.check_no }}){% endif %} was returned unpaid by the bank on "
                "{{ returned.date }}. What it had settled is therefore open again, with its "
                "original due date.",
                "Please replace the payment without delay by a transfer. Your account now shows "
                "{{ asked }} to be paid.",
            ),
            (
                "Please call us if you know why the payment came back, or if you think that this "
                "is a mistake of the bank.",
            ),
        ),
        "Credit hold": Body(
            "Your account is on hold",
            (
                "Because the items below are overdue, the oldest by {{ oldest_days }} days, your "
                "account is on hold: until they are paid, we do not supply further orders on "
                "credit.",
                "Please pay {{ asked }}, so that we can take the hold off.",
            ),
            (
                "We value your business and would like to supply you as usual soon. If you want to "
                "talk about the account, please call us.",
            ),
        ),
        "Hand-over": Body(
            "Your account has been handed over",
            (
                "As the items below are still unpaid, we have handed your account over {% if "
                "customer.status == 'Legal' %}to our legal advisers{% else %}to a collection "
                "agency{% endif %}. The amount is {{ asked }}.",
            ),
            (
                "You will hear from them directly. Until then you can still pay the full amount "
                "to us; please tell us when you have done so.",
            ),
        ),
    },
)  # fmt: skip
