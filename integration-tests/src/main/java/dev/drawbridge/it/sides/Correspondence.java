package dev.drawbridge.it.sides;

import java.util.List;

/// A network on which people write to bots, and bots write to people.
public interface Correspondence {
    /// Lets letters arrive, where people have to say that they take any.
    void takesLettersHere(Person person);

    /// Writes to a bot what is for nobody else.
    void tell(Person person, String bot, String text);

    /// What a bot wrote to one person and nobody else, each letter once.
    List<String> letters(Person person, String bot);
}
