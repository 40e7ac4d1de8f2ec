"""Made-up texts: plausible sentences from short lists, so many that two people hardly ever write the same.

Every subject fits every verb, every verb every object: the sentences are sound in grammar, not in sense.
A language without lists of its own is written in invented words.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Words:
    """Phrases of one language. `asks` are questions with a place for a thing and for an occasion."""

    asks: tuple[str, ...]
    things: tuple[str, ...]
    occasions: tuple[str, ...]
    subjects: tuple[str, ...]
    verbs: tuple[str, ...]


def _list(text: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in text.split("|"))


_WORDS = {
    "en": Words(
        asks=_list(
            "How do I choose {thing} {occasion}?|Can you explain {thing} to a beginner {occasion}?|"
            "What should I know about {thing} {occasion}?|Why does everybody speak about {thing} {occasion}?|"
            "Please write a short guide to {thing} {occasion}.|What would you do with {thing} {occasion}?|"
            "Is it worth looking for {thing} {occasion}?|Which mistakes do people make with {thing} {occasion}?"
        ),
        things=_list(
            "a sailing boat|an old radio|the night sky|a small garden|a sourdough bread|a chess opening|"
            "the history of tea|a bicycle chain|a sorting algorithm|a wooden shelf|the nearest volcano|"
            "a letter to the council|a leaking tap|an electric piano|the tides|a family of hedgehogs|"
            "a spreadsheet formula|a winter coat|the rules of cricket|a map of the city|a fair contract|"
            "a savings plan|a railway timetable|an honest review|a beehive|a thunderstorm|a short story"
        ),
        occasions=_list(
            "before the summer|on a rainy weekend|with little money|for my grandmother|at school|in a hurry|"
            "without any tools|after a long day|in a small flat|for the first time|with two children|abroad|"
            "when nobody can help|at the seaside|in the mountains|once a year|by tomorrow evening|in old age"
        ),
        subjects=_list(
            "A careful person|My neighbour|The first rule|A good teacher|The cheapest way|Every handbook|"
            "An experienced friend|The second step|Most of the work|A little patience|The usual advice|"
            "A simple drawing|The local library|Some practice|A look at the details"
        ),
        verbs=_list(
            "begins with|depends on|is easier than|reminds me of|explains|needs|improves|goes well with|"
            "should come before|rarely replaces|is a good start for|helps to understand|often hides|leads to"
        ),
    ),
    "de": Words(
        asks=_list(
            "Wie finde ich {thing} {occasion}?|Kannst du mir {thing} {occasion} erklären?|"
            "Was muss ich über {thing} {occasion} wissen?|Warum reden alle {occasion} über {thing}?|"
            "Schreib bitte eine kurze Anleitung für {thing} {occasion}.|Welchen Rat gibst du mir {occasion} "
            "für {thing}?|Welche Fehler macht man {occasion} in Bezug auf {thing}?"
        ),
        things=_list(
            "das alte Radio|die Sternkarte|das kleine Gemüsebeet|das Sauerteigbrot|die Schacheröffnung|"
            "die Geschichte des Tees|die Fahrradkette|das Sortierverfahren|das Holzregal|die Ebbe und die Flut|"
            "die Igelfamilie|das Klavierstück|die Tabellenformel|die Winterjacke|das Stadtviertel|die Sparrate|"
            "das Bienenvolk|die Kurzgeschichte|das Segelboot|die Fahrkarte|das Wörterbuch|die Steuererklärung"
        ),
        occasions=_list(
            "vor dem Sommer|an einem verregneten Wochenende|mit wenig Geld|in der Schule|in aller Eile|"
            "ohne Werkzeug|nach einem langen Tag|in einer kleinen Wohnung|zum ersten Mal|mit zwei Kindern|"
            "im Ausland|am Meer|in den Bergen|einmal im Jahr|bis morgen Abend|im hohen Alter|am frühen Morgen"
        ),
        subjects=_list(
            "Ein sorgfältiger Mensch|Meine Nachbarin|Die erste Regel|Eine gute Lehrerin|Der billigste Weg|"
            "Jedes Handbuch|Ein erfahrener Freund|Der zweite Schritt|Etwas Geduld|Der übliche Rat|"
            "Eine einfache Zeichnung|Die Stadtbücherei|Ein wenig Übung|Der Blick fürs Kleine"
        ),
        verbs=_list(
            "erklärt|braucht|verbessert|ersetzt selten|verlangt|ergänzt|rettet|betrifft auch|verändert|übersieht oft|"
            "berücksichtigt|vereinfacht|erinnert uns an|spricht für"
        ),
    ),
    "es": Words(
        asks=_list(
            "¿Cómo elijo {thing} {occasion}?|¿Me puedes explicar {thing} {occasion}?|"
            "¿Qué debo saber sobre {thing} {occasion}?|¿Qué me cuentas sobre {thing} {occasion}?|"
            "Escribe por favor una guía breve sobre {thing} {occasion}.|¿Vale la pena buscar {thing} {occasion}?|"
            "¿Qué errores se cometen con {thing} {occasion}?"
        ),
        things=_list(
            "una radio antigua|un huerto pequeño|un pan de masa madre|una apertura de ajedrez|la historia del té|"
            "una cadena de bicicleta|un algoritmo de búsqueda|una estantería de madera|las mareas|un piano eléctrico|"
            "una familia de erizos|una fórmula de cálculo|un abrigo de invierno|un mapa de la ciudad|"
            "un contrato justo|un plan de ahorro|una colmena|una tormenta|un cuento corto|un barco de vela"
        ),
        occasions=_list(
            "antes del verano|un fin de semana de lluvia|con poco dinero|en la escuela|con prisa|sin herramientas|"
            "después de un día largo|en un piso pequeño|por primera vez|con dos niños|en el extranjero|en la playa|"
            "en la montaña|una vez al año|antes de mañana|en la vejez|de madrugada"
        ),
        subjects=_list(
            "Una persona atenta|Mi vecina|La primera regla|Una buena maestra|El camino más barato|Cada manual|"
            "Un amigo con experiencia|El segundo paso|Un poco de paciencia|El consejo de siempre|"
            "Un dibujo sencillo|La biblioteca del barrio|Algo de práctica"
        ),
        verbs=_list(
            "empieza con|explica|necesita|mejora|rara vez sustituye|me recuerda|completa|también incluye|cambia|"
            "suele esconder|simplifica|exige|acompaña bien"
        ),
    ),
    "fr": Words(
        asks=_list(
            "Comment choisir {thing} {occasion} ?|Peux-tu m'expliquer {thing} {occasion} ?|"
            "Que faut-il savoir sur {thing} {occasion} ?|Écris un petit guide sur {thing} {occasion}.|"
            "Faut-il vraiment chercher {thing} {occasion} ?|Quelles erreurs fait-on avec {thing} {occasion} ?"
        ),
        things=_list(
            "une vieille radio|un petit potager|un pain au levain|une ouverture d'échecs|l'histoire du thé|"
            "une chaîne de vélo|un algorithme de tri|une étagère en bois|les marées|un piano électrique|"
            "une famille de hérissons|une formule de tableur|un manteau d'hiver|un plan de la ville|"
            "un contrat honnête|une ruche|un orage|une nouvelle|un voilier"
        ),
        occasions=_list(
            "avant l'été|par un week-end de pluie|avec peu d'argent|à l'école|en vitesse|sans outils|"
            "après une longue journée|dans un petit appartement|pour la première fois|avec deux enfants|"
            "à l'étranger|au bord de la mer|à la montagne|une fois par an|avant demain soir|de bon matin"
        ),
        subjects=_list(
            "Une personne attentive|Ma voisine|La première règle|Une bonne enseignante|Le chemin le moins cher|"
            "Chaque manuel|Un ami expérimenté|La deuxième étape|Un peu de patience|Le conseil habituel|"
            "Un simple dessin|La bibliothèque du quartier"
        ),
        verbs=_list(
            "commence par|explique|demande|améliore|remplace rarement|rappelle|complète|concerne aussi|change|"
            "cache souvent|simplifie|exige|accompagne bien"
        ),
    ),
}
LANGUAGES = tuple(_WORDS)

_SYLLABLES = _list("ka|lo|mi|ten|ru|sa|vel|or|ni|pa|zu|fe|dra|sim|ul|go|bre|tis|wen|ya")
_WARES = _list("followers|watches|miracle pills|casino chips|crypto coins|essays|loans|gift cards|software keys")
_PRAISE = _list("cheap|free|guaranteed|exclusive|secret|certified|unlimited|original")
_CALLS = _list("Click now|Order today|Only this week|Write to me|Don't miss it|Act fast|Tell your friends")


def prose(lang: str, *, sentences: int, question: bool, rng: Random) -> str:
    """So many sentences in a language; a prompt's first one asks for something."""
    words = _WORDS.get(lang) or _invented(lang)
    found = [_ask(words, rng)] if question else []
    found += [_statement(words, rng) for _ in range(sentences - len(found))]
    return _paragraphs(found)


def advertisement(rng: Random) -> str:
    """What trolls write, in any language."""
    lines = [
        f"{rng.choice(_CALLS)}: {rng.choice(_PRAISE)} {rng.choice(_WARES)}, {rng.randint(2, 9999)} pieces!"
        for _ in range(rng.randint(1, 3))
    ]
    return " ".join(lines)


def _ask(words: Words, rng: Random) -> str:
    return rng.choice(words.asks).format(thing=rng.choice(words.things), occasion=rng.choice(words.occasions))


def _statement(words: Words, rng: Random) -> str:
    start = f"{rng.choice(words.subjects)} {rng.choice(words.verbs)} {rng.choice(words.things)}"
    return f"{start} {rng.choice(words.occasions)}." if rng.random() < 0.6 else f"{start}."


def _paragraphs(sentences: list[str]) -> str:
    groups = [sentences[start : start + 5] for start in range(0, len(sentences), 5)]
    return "\n\n".join(" ".join(group) for group in groups)


def _invented(lang: str) -> Words:
    """A language of invented words, the same for the same tag."""
    rng = Random(f"language {lang}")

    def word() -> str:
        return "".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(2, 3)))

    def phrases(number: int, words: int) -> tuple[str, ...]:
        return tuple(" ".join(word() for _ in range(words)) for _ in range(number))

    asks = tuple(f"{word().capitalize()} {{thing}} {{occasion}}?" for _ in range(8))
    subjects = tuple(phrase.capitalize() for phrase in phrases(15, 2))
    return Words(asks, phrases(25, 2), phrases(15, 2), subjects, phrases(12, 1))
