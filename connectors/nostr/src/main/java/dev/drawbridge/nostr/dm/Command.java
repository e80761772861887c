package dev.drawbridge.nostr.dm;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What somebody tells a bot.
///
/// @param verb what they want
/// @param networks the words behind it, in lower case: which networks; empty for the one the bot reaches
public record Command(Verb verb, Set<String> networks) {
    /// Stands for every network.
    public static final String ALL = "all";

    private static final int MOST_WORDS = 8;
    private static final int LONGEST = 200;

    /// What can be wanted.
    public enum Verb {
        HELP,
        START,
        STOP,
        STATUS,
        /// Known to other bots of bridges, and not done here.
        LATER
    }

    private static final Set<String> LATER_WORDS =
            Set.of("notify", "mute", "block", "unblock", "handle", "export", "migrate");

    public Command {
        networks = Set.copyOf(networks);
    }

    /// Reads a message; empty if it is none of the words a bot knows.
    public static Optional<Command> read(String message) {
        String text = message.strip().toLowerCase(Locale.ROOT);
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        List<String> words = Arrays.stream(text.split("\\s+"))
                .map(word -> word.replaceAll("^[/!@.]+|[.!?,]+$", ""))
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.isEmpty() || words.size() > MOST_WORDS) {
            return Optional.empty();
        }
        Set<String> rest = new LinkedHashSet<>(words.subList(1, words.size()));
        return switch (words.getFirst()) {
            case "help" -> Optional.of(new Command(Verb.HELP, Set.of()));
            case "status" -> Optional.of(new Command(Verb.STATUS, Set.of()));
            case "start" -> Optional.of(new Command(Verb.START, rest));
            case "stop" -> Optional.of(new Command(Verb.STOP, rest));
            case "delete" -> Optional.of(new Command(Verb.STOP, Set.of(ALL)));
            case String word when LATER_WORDS.contains(word) -> Optional.of(new Command(Verb.LATER, Set.of()));
            default -> Optional.empty();
        };
    }
}
