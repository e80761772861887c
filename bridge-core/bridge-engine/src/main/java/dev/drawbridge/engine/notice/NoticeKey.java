package dev.drawbridge.engine.notice;

/// What a bot can say. Each has a text in every language under the same name.
public enum NoticeKey {
    /// Where the bot carries, and which networks there are.
    HELP,
    UNKNOWN,
    NOT_YET,
    NO_SUCH_NETWORK,
    STARTED,
    REFUSED,
    STOPPED,
    /// They asked to be carried after they had said that.
    STOP_SAID_LATER,
    /// What would have ended something came so late that they may have said something else since.
    TOO_LATE,
    DELETED,
    SHOWN,
    COMING,
    LEFT,
    NOT_CARRIED,
    /// They are carried nowhere, so that there is nothing to choose.
    NOWHERE,
    UNLISTED_ON,
    UNLISTED_OFF,
    NOTICES_ON,
    NOTICES_OFF,
    THREADS_ON,
    THREADS_OFF,
    REPLACE_ON,
    REPLACE_OFF,
    /// Somebody asked to follow a locked account.
    FOLLOW_REQUEST,
    PENDING,
    ACCEPTED,
    REJECTED,
    NOBODY_ASKED,
    /// A code for the account page, and where that is.
    SIGN_IN,
    /// The same, for who wants to take an account elsewhere.
    MIGRATE,
    NOTHING_MOVES,
    /// They took their account elsewhere.
    MOVED,
    /// Something was added here after their program had copied the account.
    MOVED_LATE,
    /// Their stand-in goes on as an account of their own.
    WENT_ON,
    /// The same did not happen, and why.
    MOVE_NOBODY,
    MOVE_SILENT,
    MOVE_UNPROVEN,
    MOVE_LATELY,
    MOVE_SAID_LATER,
    /// An account of their own on another network is linked, and what became of what was carried there.
    LINKED,
    LINKED_ENDED,
    /// What a stand-in says of itself from then on.
    LINKED_LINE,
    /// The same did not happen, and why.
    LINK_NOBODY,
    LINK_SILENT,
    LINK_UNSAID_HERE,
    LINK_UNSAID_THERE,
    LINK_TAKEN,
    LINK_BARRED,
    LINK_SAID_LATER,
    /// The other account has to say `link` too.
    LINK_UNHEARD,
    UNLINKED,
    NOT_LINKED,
    /// One of the two does not name the other any more, or was not heard of for long.
    LINK_WITHDRAWN,
    LINK_LOST,
    /// The operator ended it.
    REMOVED,
    /// Rules of the operator, and why.
    FROZEN,
    HIDDEN,
    DENIED,
    RULE_ENDED,
    /// Something they said holds a private key.
    PRIVATE_KEY,
    /// Something in a post is denied.
    POST_DENIED,
    /// Why a rule was made.
    WHY,
    APPEALED,
    NOTHING_TO_APPEAL,
    APPEAL_LATER,
    /// It was appealed and decided before.
    APPEAL_DECIDED,
    APPEAL_REFUSED,
    /// They said more than is let through in an hour.
    SLOWED,
    NOT_LET_THROUGH,
    /// A code for the account page, to fetch an archive there.
    EXPORT,
    /// How many copies are taken back, and from how many places.
    ASKED_BACK,
    MUTED,
    UNMUTED,
    BLOCKED,
    UNBLOCKED,
    /// How often they hear who answered them that is not carried, and that itself: how many, on how many posts, and
    /// where.
    DIGEST_DAILY,
    DIGEST_WEEKLY,
    DIGEST_OFF,
    DIGEST,
    /// They want to follow somebody who is here, under which name, or who is not here yet.
    HERE_ALREADY,
    AWAITED,
    NOT_AWAITED,
    NOBODY_AWAITED,
    TOO_MANY_AWAITED,
    /// For how many people they wait.
    WAITING,
    /// Whom they waited for has come.
    HERE_NOW,
    /// Somebody is asked whether they want to be here: what they read, and what who wants them hears.
    ASK_LETTER,
    ASKED,
    /// They are not asked, and why: their profile speaks against it; it is nobody's business why; nobody stands behind
    /// the
    /// account; what it says cannot be read; they take no letters.
    ASK_AGAINST,
    ASK_CANNOT,
    ASK_NOBODY,
    ASK_SILENT,
    ASK_NO_LETTERS,
    /// The same, because of who wants them.
    ASK_SHUNNED,
    ASK_BARRED,
    ASK_NOT_THERE,
    ASK_NEW,
    /// The same, because letters cannot be brought there now.
    ASK_LATER,
    /// The same, because enough people are asked today: they asked too often, were granted enough, those of where they
    /// are were, of that domain were asked, by this bridge.
    ASK_OFTEN,
    ASK_MOST,
    ASK_FROM,
    ASK_DOMAIN,
    ASK_FULL,
    /// Somebody may come in on their word, or not any more; for how many they vouch.
    VOUCHED,
    UNVOUCHED,
    UNVOUCHED_ALL,
    VOUCHING,
    /// Their word lets nobody in: nobody needs it, there are too many, or it does not count.
    VOUCH_NONE,
    VOUCH_MOST,
    VOUCH_BARRED,
    /// Nobody of another network has that name, or several have.
    NOBODY_CALLED,
    SEVERAL_CALLED,
    /// They chose under which name they are shown.
    RENAMED,
    /// Nothing shows that the name is theirs, and what would.
    NAME_UNPROVEN,
    NO_NAME,
    NAME_TAKEN,
    NAME_LATER,
    /// It was begun, and is done by itself.
    NAME_COMING,
    NAME_TOO_OFTEN,
    /// They are shown nowhere where a name can be chosen.
    NAMES_GIVEN,
    /// More people than that are not kept in mind.
    TOO_MANY_SHUNNED
}
