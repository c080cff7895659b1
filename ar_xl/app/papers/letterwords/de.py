"""Letters in German."""

from __future__ import annotations

from ar_xl.app.papers.letterwords.parts import Body, LetterWords

WORDS = LetterWords(
    reference="Unser Zeichen",
    customer="Kundennummer",
    dear="Guten Tag {{ customer.contact }},",
    dear_nobody="Sehr geehrte Damen und Herren,",
    amounts_in="Beträge in {{ table.currency }}",
    document="Beleg",
    date="Datum",
    due="Fällig",
    days="Tage Verzug",
    open="Offen",
    disputed="Strittig",
    total="Offen insgesamt",
    less_disputed="abzüglich strittiger Beträge",
    less_planned="abzüglich Ihres Zahlungsplans",
    less_credits="abzüglich Ihrer Guthaben",
    less_promised="abzüglich zugesagter Zahlungen",
    please_pay="Bitte zahlen Sie",
    in_dispute="{{ disputed }} davon haben Sie beanstandet. Diesen Betrag fordern wir "
               "hier nicht an; "
               "wir klären ihn gesondert mit Ihnen.",
    pay_to="Bitte überweisen Sie an: {{ company.pay_to }}. Geben Sie dabei Ihre Kundennummer "
           "{{ customer.id }} an, damit wir die Zahlung sofort zuordnen können.",
    closing="Mit freundlichen Grüßen",
    page="Seite PAGE von PAGES",
    bodies={
        "Friendly reminder": Body(
            "Freundliche Erinnerung",
            (
                "{% if oldest_days %}sicher ist es nur Ihrer Aufmerksamkeit entgangen: Die "
                "folgenden Posten sind inzwischen fällig.{% else %}wir möchten Sie rechtzeitig an "
                "die folgenden Posten erinnern, die in Kürze fällig werden.{% endif %}",
            ),
            (
                "Haben Sie bereits gezahlt, danken wir Ihnen; dieses Schreiben ist dann "
                "gegenstandslos. Wenn zu den Posten etwas unklar ist, helfen wir gern.",
            ),
        ),
        "First reminder": Body(
            "Erste Mahnung: überfällige Beträge",
            (
                "nach unseren Büchern sind die folgenden Posten überfällig, der älteste seit dem "
                "{{ oldest_due }}. Bitte zahlen Sie {{ asked }} innerhalb der nächsten zehn Tage.",
            ),
            (
                "Ist Ihre Zahlung schon unterwegs, danken wir Ihnen. Steht ihr etwas im Wege, "
                "sagen Sie es uns bitte, damit wir gemeinsam eine Lösung finden.",
            ),
        ),
        "Second reminder": Body(
            "Zweite Mahnung: Ihr Konto ist überfällig",
            (
                "wir haben Ihnen bereits wegen Ihres Kontos geschrieben, und die folgenden Posten "
                "sind noch unbezahlt. Der älteste ist nun {{ oldest_days }} Tage überfällig.",
                "Wir bitten Sie, {{ asked }} innerhalb von sieben Tagen zu zahlen.",
            ),
            (
                "Können Sie nicht alles auf einmal zahlen oder sind Sie mit einem Posten nicht "
                "einverstanden, rufen Sie uns bitte innerhalb dieser sieben Tage an. Ohne "
                "Nachricht von Ihnen müssen wir annehmen, dass das Konto richtig ist.",
            ),
        ),
        "Final notice": Body(
            "Letzte Mahnung",
            (
                "trotz unserer früheren Schreiben sind die folgenden Posten noch immer unbezahlt, "
                "der älteste seit {{ oldest_days }} Tagen. Dies ist unsere letzte Mahnung dazu.",
                "Wir erwarten {{ asked }} innerhalb von sieben Tagen ab dem Datum "
                "dieses Schreibens.",
            ),
            (
                "Erreicht uns bis dahin weder die Zahlung noch ein Vorschlag von "
                "Ihnen, entscheiden "
                "wir ohne weitere Ankündigung, zu welchen Bedingungen wir Sie weiter beliefern und "
                "wie wir den Betrag einziehen. Lieber wäre uns, das mit Ihnen selbst zu regeln.",
            ),
        ),
        "Promise broken": Body(
            "Ihre zugesagte Zahlung",
            (
                "Sie haben uns {{ promise.amount }} bis zum {{ promise.date }} zugesagt. {% if "
                "promise.received %}Davon sind {{ promise.received }} eingegangen.{% else %}Wir "
                "haben uns darauf verlassen; die Zahlung ist nicht eingegangen.{% endif %}",
                "Bitte zahlen Sie {{ asked }} jetzt, oder rufen Sie uns heute an und "
                "sagen Sie uns, "
                "wann wir damit rechnen können.",
            ),
            (
                "Haben Sie in den letzten Tagen gezahlt, danken wir Ihnen und bitten "
                "um die Angaben "
                "zur Überweisung.",
            ),
        ),
        "Returned payment": Body(
            "Ihre Zahlung kam zurück",
            (
                "Ihre Zahlung über {{ returned.amount }}{% if returned.check_no %} (Scheck Nr. "
                "{{ returned.check_no }}){% endif %} wurde am {{ returned.date }} von der Bank "
                "nicht eingelöst. Was sie beglichen hatte, ist damit wieder offen, mit der "
                "ursprünglichen Fälligkeit.",
                "Bitte ersetzen Sie die Zahlung umgehend durch eine Überweisung. Ihr Konto weist "
                "nun {{ asked }} als zu zahlen aus.",
            ),
            (
                "Bitte rufen Sie uns an, wenn Sie wissen, weshalb die Zahlung zurückkam, oder wenn "
                "Sie einen Fehler der Bank vermuten.",
            ),
        ),
        "Credit hold": Body(
            "Ihr Konto ist gesperrt",
            (
                "weil die folgenden Posten überfällig sind, der älteste seit {{ oldest_days }} "
                "Tagen, ist Ihr Konto gesperrt: Bis sie bezahlt sind, liefern wir weitere Aufträge "
                "nicht auf Rechnung.",
                "Bitte zahlen Sie {{ asked }}, damit wir die Sperre aufheben können.",
            ),
            (
                "Wir schätzen die Zusammenarbeit und möchten Sie bald wieder wie "
                "gewohnt beliefern. "
                "Wenn Sie über das Konto sprechen möchten, rufen Sie uns bitte an.",
            ),
        ),
        "Hand-over": Body(
            "Ihr Konto wurde abgegeben",
            (
                "weil die folgenden Posten noch immer unbezahlt sind, haben wir Ihr Konto {% if "
                "customer.status == 'Legal' %}unseren Rechtsberatern{% else %}einem "
                "Inkassounternehmen{% endif %} übergeben. Es geht um {{ asked }}.",
            ),
            (
                "Sie werden von dort hören. Bis dahin können Sie den vollen Betrag noch an uns "
                "zahlen; bitte teilen Sie uns mit, wenn Sie das getan haben.",
            ),
        ),
    },
)  # fmt: skip
