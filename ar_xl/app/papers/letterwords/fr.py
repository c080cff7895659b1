"""Letters in French."""

from __future__ import annotations

from ar_xl.app.papers.letterwords.parts import Body, LetterWords

WORDS = LetterWords(
    reference="Notre référence",
    customer="N° de client",
    dear="Bonjour {{ customer.contact }},",
    dear_nobody="Madame, Monsieur,",
    amounts_in="Montants en {{ table.currency }}",
    document="Pièce",
    date="Date",
    due="Échéance",
    days="Jours de retard",
    open="Reste dû",
    disputed="En litige",
    total="Total restant dû",
    less_disputed="moins les montants en litige",
    less_planned="moins votre plan de paiement",
    less_credits="moins vos avoirs",
    less_promised="moins les paiements promis",
    please_pay="À payer",
    in_dispute="Vous contestez {{ disputed }} de ce total. Nous ne demandons pas ce montant ici et "
               "le réglerons séparément avec vous.",
    pay_to="Merci de payer à : {{ company.pay_to }}. Indiquez votre numéro de client "
           "{{ customer.id }}, afin que nous puissions créditer votre compte sans délai.",
    closing="Veuillez agréer nos salutations distinguées.",
    page="Page PAGE sur PAGES",
    bodies={
        "Friendly reminder": Body(
            "Un rappel amical",
            (
                "{% if oldest_days %}Cela vous a sans doute échappé : les pièces ci-dessous sont "
                "arrivées à échéance.{% else %}Nous nous permettons de vous rappeler à temps les "
                "pièces ci-dessous, qui arrivent bientôt à échéance.{% endif %}",
            ),
            (
                "Si vous avez déjà payé, nous vous remercions ; cette lettre est alors sans objet. "
                "Si un point n'est pas clair, nous vous renseignerons volontiers.",
            ),
        ),
        "First reminder": Body(
            "Premier rappel : montants échus",
            (
                "D'après nos livres, les pièces ci-dessous sont échues, la plus ancienne depuis le "
                "{{ oldest_due }}. Merci de nous régler {{ asked }} dans les dix jours.",
            ),
            (
                "Si votre paiement est en route, nous vous en remercions. Si quelque chose y fait "
                "obstacle, dites-le-nous, afin que nous trouvions ensemble une solution.",
            ),
        ),
        "Second reminder": Body(
            "Deuxième rappel : votre compte est en retard",
            (
                "Nous vous avons déjà écrit au sujet de votre compte, et les pièces ci-dessous "
                "sont toujours impayées. La plus ancienne a maintenant {{ oldest_days }} jours de "
                "retard.",
                "Nous vous demandons de régler {{ asked }} dans les sept jours.",
            ),
            (
                "Si vous ne pouvez pas tout payer en une fois, ou si vous n'êtes pas d'accord avec "
                "une pièce, appelez-nous dans ces sept jours. Sans nouvelles de votre part, nous "
                "devrons considérer que le compte est exact.",
            ),
        ),
        "Final notice": Body(
            "Dernier rappel",
            (
                "Malgré nos rappels, les pièces ci-dessous restent impayées, la plus ancienne "
                "depuis {{ oldest_days }} jours. Ceci est notre dernier rappel à leur sujet.",
                "Nous attendons {{ asked }} dans les sept jours suivant la date de cette lettre.",
            ),
            (
                "Si ni le paiement ni une proposition de votre part ne nous est parvenu d'ici là, "
                "nous déciderons sans autre avis à quelles conditions nous pouvons "
                "continuer à vous "
                "livrer et comment recouvrer ce montant. Nous préférerions régler cela directement "
                "avec vous.",
            ),
        ),
        "Promise broken": Body(
            "Le paiement que vous aviez promis",
            (
                "Vous nous aviez promis {{ promise.amount }} pour le {{ promise.date }}. {% if "
                "promise.received %}Nous en avons reçu {{ promise.received }}.{% else %}Nous "
                "comptions sur votre parole et n'avons pas reçu ce paiement.{% endif %}",
                "Merci de régler {{ asked }} maintenant, ou de nous appeler aujourd'hui pour nous "
                "dire quand nous pouvons compter dessus.",
            ),
            (
                "Si vous avez payé ces derniers jours, nous vous remercions et vous prions de nous "
                "envoyer les détails du virement.",
            ),
        ),
        "Returned payment": Body(
            "Votre paiement a été rejeté",
            (
                "Votre paiement de {{ returned.amount }}{% if returned.check_no %} (chèque n° "
                "{{ returned.check_no }}){% endif %} nous a été retourné impayé par la banque le "
                "{{ returned.date }}. Ce qu'il avait réglé est donc de nouveau ouvert, avec son "
                "échéance d'origine.",
                "Merci de remplacer ce paiement sans délai par un virement. Votre compte présente "
                "maintenant {{ asked }} à payer.",
            ),
            (
                "Appelez-nous si vous savez pourquoi le paiement a été rejeté, ou si vous pensez à "
                "une erreur de la banque.",
            ),
        ),
        "Credit hold": Body(
            "Votre compte est bloqué",
            (
                "Les pièces ci-dessous étant échues, la plus ancienne depuis {{ oldest_days }} "
                "jours, votre compte est bloqué : tant qu'elles ne sont pas payées, "
                "nous ne livrons "
                "plus de commandes à crédit.",
                "Merci de régler {{ asked }}, afin que nous puissions lever le blocage.",
            ),
            (
                "Nous tenons à notre collaboration et souhaitons vous livrer bientôt comme "
                "d'habitude. Pour parler du compte, appelez-nous.",
            ),
        ),
        "Hand-over": Body(
            "Votre dossier a été transmis",
            (
                "Les pièces ci-dessous étant toujours impayées, nous avons transmis votre dossier "
                "{% if customer.status == 'Legal' %}à nos conseils juridiques{% else %}à une "
                "société de recouvrement{% endif %}. Il s'agit de {{ asked }}.",
            ),
            (
                "Vous serez contacté directement. D'ici là, vous pouvez encore nous "
                "payer le montant "
                "entier ; merci de nous prévenir quand ce sera fait.",
            ),
        ),
    },
)  # fmt: skip
