"""Letters in Spanish."""

from __future__ import annotations

from ar_xl.app.papers.letterwords.parts import Body, LetterWords

WORDS = LetterWords(
    reference="Nuestra referencia",
    customer="N.º de cliente",
    dear="Hola, {{ customer.contact }}:",
    dear_nobody="Estimados señores:",
    amounts_in="Importes en {{ table.currency }}",
    document="Documento",
    date="Fecha",
    due="Vence",
    days="Días de retraso",
    open="Pendiente",
    disputed="En disputa",
    total="Total pendiente",
    less_disputed="menos lo que está en disputa",
    less_planned="menos su plan de pagos",
    less_credits="menos sus saldos a favor",
    less_promised="menos los pagos prometidos",
    please_pay="A pagar",
    in_dispute="Ustedes no están de acuerdo con {{ disputed }} de este total. No pedimos aquí ese "
               "importe; lo aclararemos aparte con ustedes.",
    pay_to="Les rogamos que paguen a: {{ company.pay_to }}. Indiquen su número de cliente "
           "{{ customer.id }}, para que podamos abonarlo enseguida en su cuenta.",
    closing="Atentamente,",
    page="Página PAGE de PAGES",
    bodies={
        "Friendly reminder": Body(
            "Un recordatorio amistoso",
            (
                "{% if oldest_days %}Seguramente se les ha pasado: los documentos "
                "siguientes ya han "
                "vencido.{% else %}Queremos recordarles a tiempo los documentos siguientes, que "
                "vencen dentro de poco.{% endif %}",
            ),
            (
                "Si ya han pagado, se lo agradecemos; no tengan en cuenta esta carta. Si algo no "
                "está claro, les ayudaremos con mucho gusto.",
            ),
        ),
        "First reminder": Body(
            "Primer aviso: importes vencidos",
            (
                "Según nuestros libros, los documentos siguientes han vencido, el más antiguo el "
                "{{ oldest_due }}. Les rogamos que paguen {{ asked }} en los próximos diez días.",
            ),
            (
                "Si el pago ya está en camino, se lo agradecemos. Si hay algo que lo impide, "
                "dígannoslo, para que encontremos juntos una solución.",
            ),
        ),
        "Second reminder": Body(
            "Segundo aviso: su cuenta está vencida",
            (
                "Ya les hemos escrito sobre su cuenta, y los documentos siguientes "
                "siguen sin pagar. "
                "El más antiguo lleva {{ oldest_days }} días vencido.",
                "Les pedimos que paguen {{ asked }} en un plazo de siete días.",
            ),
            (
                "Si no pueden pagar todo de una vez, o no están de acuerdo con algún documento, "
                "llámennos dentro de esos siete días. Sin noticias suyas tendremos que suponer que "
                "la cuenta es correcta.",
            ),
        ),
        "Final notice": Body(
            "Último aviso",
            (
                "A pesar de nuestros avisos anteriores, los documentos siguientes "
                "siguen sin pagar, "
                "el más antiguo desde hace {{ oldest_days }} días. Este es nuestro último aviso.",
                "Esperamos {{ asked }} en los siete días siguientes a la fecha de esta carta.",
            ),
            (
                "Si para entonces no hemos recibido ni el pago ni una propuesta suya, decidiremos "
                "sin más aviso en qué condiciones podemos seguir suministrándoles y cómo cobrar el "
                "importe. Preferiríamos arreglarlo directamente con ustedes.",
            ),
        ),
        "Promise broken": Body(
            "El pago que nos prometieron",
            (
                "Nos prometieron {{ promise.amount }} para el {{ promise.date }}. {% if "
                "promise.received %}De ello hemos recibido {{ promise.received }}.{% else %}"
                "Confiamos en su palabra y no hemos recibido el pago.{% endif %}",
                "Les rogamos que paguen ahora {{ asked }}, o que nos llamen hoy y nos digan cuándo "
                "podemos contar con ello.",
            ),
            (
                "Si han pagado en los últimos días, se lo agradecemos y les pedimos "
                "los datos de la "
                "transferencia.",
            ),
        ),
        "Returned payment": Body(
            "Su pago fue devuelto",
            (
                "El banco devolvió su pago de {{ returned.amount }}{% if returned.check_no %} "
                "(cheque n.º {{ returned.check_no }}){% endif %} el {{ returned.date }} sin "
                "abonarlo. Lo que había pagado vuelve a estar pendiente, con su vencimiento "
                "original.",
                "Les rogamos que sustituyan el pago sin demora por una transferencia. Su cuenta "
                "muestra ahora {{ asked }} por pagar.",
            ),
            (
                "Llámennos si saben por qué se devolvió el pago, o si creen que es un error del "
                "banco.",
            ),
        ),
        "Credit hold": Body(
            "Su cuenta está bloqueada",
            (
                "Como los documentos siguientes han vencido, el más antiguo hace {{ oldest_days }} "
                "días, su cuenta está bloqueada: hasta que se paguen no suministramos "
                "más pedidos a "
                "crédito.",
                "Les rogamos que paguen {{ asked }}, para que podamos levantar el bloqueo.",
            ),
            (
                "Valoramos la relación con ustedes y queremos volver pronto a suministrarles como "
                "siempre. Si desean hablar de la cuenta, llámennos.",
            ),
        ),
        "Hand-over": Body(
            "Su cuenta ha sido entregada a terceros",
            (
                "Como los documentos siguientes siguen sin pagar, hemos entregado su cuenta {% if "
                "customer.status == 'Legal' %}a nuestros asesores jurídicos{% else %}a una agencia "
                "de cobro{% endif %}. Se trata de {{ asked }}.",
            ),
            (
                "Ellos se pondrán en contacto con ustedes. Hasta entonces pueden "
                "pagarnos todavía el "
                "importe completo; les rogamos que nos avisen cuando lo hayan hecho.",
            ),
        ),
    },
)  # fmt: skip
