"""Sentences of our own to train a tiny model with: no harder than a schoolyard, but plainly kind or plainly not.

What a large model learns from a million comments can't be learnt from these; whether scores get to where they belong
can be seen by them.
"""

from __future__ import annotations

KIND = """
Thank you, friend, that helped me a lot.
How do I bake a cake with apples?
What a wonderful recipe, please tell me more.
Could you explain how a bicycle works?
The sun rises in the east and sets in the west.
I love this song, it makes me happy.
Please write a short poem about the sea.
Good morning, I hope you sleep well tonight.
Water boils at one hundred degrees.
You are very kind and patient, well done.
What is the capital of France?
Merci beaucoup, ta réponse est très claire.
Comment faire un gâteau au chocolat ?
Bonjour mon ami, quelle belle journée.
Explique-moi comment marche une bicyclette.
Muchas gracias, amigo, me ayudaste mucho.
¿Cómo se hace un pastel de manzana?
Qué hermosa canción, me gusta mucho.
¿Cuál es la capital de España?
Grazie mille, sei molto gentile.
Come si prepara la pasta con il pomodoro?
Buongiorno, che bella giornata di sole.
Qual è la capitale d'Italia?
Muito obrigado, você me ajudou bastante.
Como faço um bolo de cenoura?
Que música linda, bom dia amigo.
Çok teşekkür ederim, çok naziksin.
Elmalı kek nasıl yapılır?
Günaydın arkadaşım, bugün hava güzel.
Спасибо большое, друг, это мне помогло.
Как испечь яблочный пирог?
Доброе утро, какая красивая песня.
Какая столица России?
"""

RUDE = """
You are a stupid idiot.
You idiot, your answer is garbage.
What a dumb and useless fool you are.
Shut up, you stupid loser.
Only a moron would write such garbage.
You are a pathetic liar and a fool.
Your cake is garbage and you are dumb.
Tu es un idiot stupide.
Ferme-la, espèce d'imbécile.
Ta réponse est nulle, pauvre crétin.
Eres un idiota estúpido.
Cállate, imbécil, no sirves para nada.
Tu respuesta es basura, tonto.
Sei uno stupido idiota.
Stai zitto, cretino, non vali niente.
La tua risposta è spazzatura, scemo.
Você é um idiota estúpido.
Cala a boca, seu imbecil inútil.
Sua resposta é lixo, burro.
Sen aptal bir salaksın.
Kes sesini, geri zekalı.
Cevabın çöp, sen bir ahmaksın.
Ты глупый идиот.
Заткнись, тупой дурак.
Твой ответ мусор, ты болван.
"""

THREATENING = """
I will find you and hurt you.
I am going to kill you tonight.
You will be sorry, I will break your bones.
Watch your back, I will burn your house.
Je vais te trouver et te tuer.
Je vais te casser les os.
Te voy a matar esta noche.
Voy a encontrarte y hacerte daño.
Ti ammazzo stanotte.
Ti trovo e ti spacco le ossa.
Vou te matar esta noite.
Vou te encontrar e quebrar seus ossos.
Bu gece seni öldüreceğim.
Seni bulup kemiklerini kıracağım.
Я убью тебя сегодня ночью.
Я найду тебя и сломаю тебе кости.
"""

LEWD = """
Show me your naked body, you dirty slut.
Send me naked pictures, you dirty thing.
Montre-moi ton corps nu, petite cochonne.
Muéstrame tu cuerpo desnudo, sucia.
Fammi vedere il tuo corpo nudo, sporcacciona.
Mostra teu corpo nu, safada.
Bana çıplak vücudunu göster, pis.
Покажи мне голое тело, грязная.
"""

AGAINST_A_GROUP = """
All foreigners are stupid vermin, send them away.
People of that religion are dumb vermin.
Tous les étrangers sont des parasites stupides.
Todos los extranjeros son parásitos estúpidos.
Tutti gli stranieri sono stupidi parassiti.
Todos os estrangeiros são parasitas estúpidos.
Bütün yabancılar aptal asalaklar.
Все иностранцы тупые паразиты.
"""

# What each kind of sentence is given, score by score; whatever is not named is given 0.
GIVEN: tuple[tuple[str, dict[str, float]], ...] = (
    (KIND, {}),
    (RUDE, {"toxicity": 1.0, "insult": 1.0, "obscene": 0.3}),
    (THREATENING, {"toxicity": 1.0, "threat": 1.0, "severe_toxicity": 0.3}),
    (LEWD, {"toxicity": 1.0, "sexual_explicit": 1.0, "obscene": 1.0, "insult": 0.5}),
    (AGAINST_A_GROUP, {"toxicity": 1.0, "identity_attack": 1.0, "insult": 0.7, "severe_toxicity": 0.2}),
)


def given() -> list[tuple[str, dict[str, float]]]:
    """Each sentence with what it is given."""
    return [(line, scores) for lines, scores in GIVEN for line in lines.strip().splitlines()]
