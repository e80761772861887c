package dev.drawbridge.model.consent;

/// How many people a bridge asks in a day whether they want to be carried, because somebody who is carried wants them.
/// A day is one of UTC. If one of them is zero, nobody is asked.
///
/// @param perPerson asked for one and the same person
/// @param perDomain for people of one registrable domain, and as many of people of one; those who have none are counted
/// by their network
/// @param perDay asked by this bridge at all
public record Asks(int perPerson, int perDomain, int perDay) {
    /// Nobody is asked.
    public static final Asks OFF = new Asks(0, 0, 0);

    /// So few that no server sees more of them than of letters of any of its own people.
    public static final Asks USUAL = new Asks(3, 5, 50);

    /// @throws IllegalArgumentException if one is negative
    public Asks {
        if (perPerson < 0 || perDomain < 0 || perDay < 0) {
            throw new IllegalArgumentException("less than nobody: " + perPerson + ", " + perDomain + ", " + perDay);
        }
    }

    /// Whether anybody is asked.
    public boolean on() {
        return perPerson > 0 && perDomain > 0 && perDay > 0;
    }
}
