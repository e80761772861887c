package dev.drawbridge.model.consent;

/// How much is let through, so that nobody uses the bridge for a flood. Each can be zero, for as much as there is.
///
/// @param postsPerHour posts, reposts and reactions of one author; more of them wait for their turn
/// @param repeats how often somebody may post the same longer text within a day; more of them are not carried
/// @param newcomers how many people of one registrable domain may opt in within a day; more are asked to come again
public record Limits(int postsPerHour, int repeats, int newcomers) {
    /// As much as there is.
    public static final Limits NONE = new Limits(0, 0, 0);

    /// What people do, and more, but no machine. Newcomers are not counted: where many people share one domain, as
    /// at a hoster of accounts, whoever brings that many would shut the door for all others.
    public static final Limits USUAL = new Limits(300, 5, 0);

    /// @throws IllegalArgumentException if one is negative
    public Limits {
        if (postsPerHour < 0 || repeats < 0 || newcomers < 0) {
            throw new IllegalArgumentException(
                    "less than nothing: " + postsPerHour + ", " + repeats + ", " + newcomers);
        }
    }
}
