"""The words of a made corpus, and how often each language is spoken in oasst1 (messages, as published)."""

from __future__ import annotations

LANGUAGES = (
    ("en", 71956), ("es", 43061), ("ru", 9089), ("de", 5279), ("zh", 4962), ("fr", 4251), ("th", 3042),
    ("pt-BR", 2969), ("ca", 2260), ("ko", 1553), ("uk-UA", 1352), ("it", 1320), ("ja", 1018), ("vi", 952),
    ("eu", 947), ("pl", 886), ("hu", 811), ("ar", 666), ("nl", 628), ("sv", 512), ("tr", 454), ("fi", 386),
    ("cs", 372), ("da", 358), ("gl", 339), ("he", 255), ("ro", 200), ("nb-NO", 133), ("id", 115), ("bg", 95),
    ("bn", 82), ("fa", 72), ("el", 66), ("eo", 59), ("sk", 19),
)  # fmt: skip

# Languages without words of their own here borrow a neighbour's.
FALLBACK = {
    "pt-BR": "es", "ca": "es", "gl": "es", "it": "es", "ro": "es", "uk-UA": "ru", "bg": "ru", "nl": "de", "da": "de",
    "sv": "de", "nb-NO": "de", "ja": "zh", "fa": "ar",
}  # fmt: skip

SPACELESS = {"zh", "ja", "th"}

WORDS = {
    language: tuple(words.split())
    for language, words in {
        "en": "a bridge the river why is water cold in winter how does bread rise slowly when nobody looks and"
        " small birds know their way home because stars turn above them please explain this letter to my"
        " grandmother it was written yesterday with great care for example take two numbers add one then wait"
        " until they become equal",
        "es": "el puente sobre un río por qué es fría agua en invierno cómo crece pan despacio cuando nadie mira y"
        " pájaros pequeños saben volver a casa porque las estrellas giran explica esta carta mi abuela fue"
        " escrita ayer con cuidado por ejemplo toma dos números suma uno luego espera hasta que sean iguales",
        "ru": "мост через реку почему зимой вода холодная как медленно растёт хлеб когда никто не смотрит и"
        " маленькие птицы знают дорогу домой потому что звёзды объясни это письмо моей бабушке оно написано"
        " вчера с заботой например возьми два числа прибавь одно потом жди пока они станут равны",
        "de": "die Brücke über den Fluss warum ist Wasser im Winter kalt wie geht Brot langsam auf wenn niemand"
        " schaut und kleine Vögel finden heim weil Sterne sich drehen erkläre diesen Brief meiner Großmutter"
        " er wurde gestern mit Sorgfalt geschrieben zum Beispiel nimm zwei Zahlen addiere eins dann warte bis"
        " sie gleich sind",
        "fr": "le pont sur la rivière pourquoi est-ce que froide en hiver comment lève pain doucement quand"
        " personne ne regarde et les petits oiseaux savent rentrer parce étoiles tournent explique cette"
        " lettre à ma grand-mère elle fut écrite hier avec soin par exemple prends deux nombres ajoute un puis"
        " attends qu'ils soient égaux",
        "zh": "桥 河上 为什么 冬天 的 水 很 冷 面包 怎么 慢慢 发 起来 没有人 看 小鸟 知道 回家 因为 星星 转 请 解释"
        " 这封 信 我 奶奶 昨天 认真 写 例如 取 两个 数 加 一 然后 等到 它们 相等",
        "th": "สะพาน ข้าม แม่น้ำ ทำไม น้ำ เย็น ใน ฤดูหนาว ขนมปัง ขึ้นฟู ช้าๆ เมื่อ ไม่มีใคร มอง นก ตัวเล็ก รู้ ทาง"
        " กลับ บ้าน เพราะ ดาว หมุน อธิบาย จดหมาย ของ ยาย เขียน เมื่อวาน",
        "ko": "다리 강 위에 왜 물이 겨울에 차가운가 빵이 어떻게 천천히 부푸는가 아무도 보지 않을 때 작은 새들은"
        " 집으로 가는 길을 안다 별이 돈다 할머니께 이 편지를 설명해 주세요 어제 썼다",
        "ar": "الجسر فوق النهر لماذا الماء بارد في الشتاء كيف ينتفخ الخبز ببطء عندما لا ينظر أحد والطيور الصغيرة"
        " تعرف طريق البيت لأن النجوم تدور اشرح هذه الرسالة لجدتي كتبت أمس بعناية مثلا خذ رقمين",
    }.items()
}
