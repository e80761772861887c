package dev.drawbridge.console.oidc;

/// Somebody is not let in.
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Why why;

    /// @param detail what of it a stranger wrote stays on one line of the log
    Refusal(Why why, String detail) {
        super(Seen.of(detail));
        this.why = why;
    }

    /// There is no provider.
    public static Refusal none() {
        return new Refusal(Why.AWAY, "no provider is set");
    }

    /// The same for somebody else.
    Refusal again() {
        return new Refusal(why, getMessage() + " (a moment ago)");
    }

    /// Why, as far as whoever tries may know; the message is for the operator's log.
    public enum Why {
        /// The provider does not answer, or not as it has to.
        AWAY,
        /// The provider did not say yes.
        DECLINED,
        /// What it said is not right.
        WRONG,
        /// It is right, and they are nobody whom the operator lets in.
        STRANGER
    }

    public Why why() {
        return why;
    }
}
