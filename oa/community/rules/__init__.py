"""What decides about points, boards, streaks, badges, notices and reactions. Pure; no database in here."""

from oa.community.rules.badges import BADGES, Badge, Record, earned
from oa.community.rules.decisions import DECISIONS_PAGE, decision_text, decision_title
from oa.community.rules.decisions import REASONS as REASONS_OF_DECISIONS
from oa.community.rules.notices import (
    DAYS_BETWEEN,
    Digest,
    News,
    NoticeKind,
    link_of_notice,
    news_of,
    text_of,
    title_of,
)
from oa.community.rules.notices import HELP as NOTICE_HELP
from oa.community.rules.periods import EVER, Period, end_of, moment, start_of
from oa.community.rules.points import (
    ACCEPTED,
    Account,
    Booked,
    Change,
    Due,
    Facts,
    Judgement,
    Key,
    Order,
    Piece,
    Reason,
    Result,
    difference,
    is_near,
    owed,
    worth,
)
from oa.community.rules.points import HELP as REASON_HELP
from oa.community.rules.progress import Level, Streak, level_of, local_day, streak_of, threshold
from oa.community.rules.reactions import VOTES, Emoji, opposite

__all__ = [
    "ACCEPTED",
    "BADGES",
    "DAYS_BETWEEN",
    "DECISIONS_PAGE",
    "EVER",
    "NOTICE_HELP",
    "REASONS_OF_DECISIONS",
    "REASON_HELP",
    "VOTES",
    "Account",
    "Badge",
    "Booked",
    "Change",
    "Digest",
    "Due",
    "Emoji",
    "Facts",
    "Judgement",
    "Key",
    "Level",
    "News",
    "NoticeKind",
    "Order",
    "Period",
    "Piece",
    "Reason",
    "Record",
    "Result",
    "Streak",
    "decision_text",
    "decision_title",
    "difference",
    "earned",
    "end_of",
    "is_near",
    "level_of",
    "link_of_notice",
    "local_day",
    "moment",
    "news_of",
    "opposite",
    "owed",
    "start_of",
    "streak_of",
    "text_of",
    "threshold",
    "title_of",
    "worth",
]
