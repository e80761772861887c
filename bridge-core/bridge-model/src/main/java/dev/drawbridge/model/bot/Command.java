package dev.drawbridge.model.bot;

import dev.drawbridge.model.PrivateKeys;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What somebody tells a bot: the one grammar of all networks. It holds nothing of a message but what was meant.
///
/// @param verb what they want
/// @param words what stands behind it, in lower case: names of networks, `on` or `off`, a handle without `@` in front;
///     or what they say to people, as they wrote it
/// @param language the language they spoke; English where it cannot be told
public record Command(Verb verb, List<String> words, Locale language) {
    /// Stands for every network, or everybody who asked.
    public static final String ALL = "all";

    /// Stands for the handle that somebody had first.
    public static final String FIRST = "first";

    /// Stands before the version that somebody copied who moved, where there was a later one. Nobody can type it.
    public static final String SINCE = "since";

    public static final String ON = "on";
    public static final String OFF = "off";

    private static final int MOST_WORDS = 8;
    private static final int LONGEST = 200;
    private static final int LONGEST_TEXT = 1_000;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{1,31}");
    private static final Pattern DOMAIN = Pattern.compile("[^\\s/:@?#]+\\.[^\\s/:@?#.]+");
    private static final Map<String, String> FIRSTS =
            Map.of(FIRST, FIRST, "premier", FIRST, "première", FIRST, "premiere", FIRST);
    private static final Pattern ACCOUNT = Pattern.compile("@?([^@/\\s]{1,64}@[^@/\\s]{3,120})");
    /// A name that nobody writes by chance.
    private static final Pattern BARE =
            Pattern.compile("@[^@\\s]+\\.[^@\\s]+|@?[^@\\s]+@[^@\\s]+|@?npub1[02-9ac-hj-np-z]{58}");
    private static final Map<String, String> NETWORKS = Map.of(
            "tout", ALL,
            "tous", ALL,
            "everything", ALL,
            "fediverse", "activitypub",
            "fédivers", "activitypub",
            "mastodon", "activitypub",
            "bluesky", "atproto");
    private static final Map<String, String> SWITCHES =
            Map.of("on", ON, "yes", ON, "oui", ON, "off", OFF, "no", OFF, "non", OFF);
    private static final Map<String, String> RHYTHMS = Map.of(
            "daily", "daily",
            "weekly", "weekly",
            "quotidien", "daily",
            "hebdomadaire", "weekly",
            "off", OFF,
            "no", OFF,
            "non", OFF);
    private static final Command UNKNOWN = new Command(Verb.UNKNOWN, List.of(), Locale.ENGLISH);

    public Command {
        words = List.copyOf(words);
    }

    /// Reads a message. Of one with a private key in it nothing is kept but that its author wants to leave.
    ///
    /// @return [Verb#UNKNOWN] without words if it is none
    public static Command read(String message) {
        Command read = words(message).or(() -> orders(message)).orElse(UNKNOWN);
        boolean leaves = read.verb() == Verb.STOP || read.verb() == Verb.DELETE;
        return leaves || !PrivateKeys.in(message) ? read : new Command(Verb.UNKNOWN, List.of(), read.language());
    }

    /// A verb and what its author says to people. Longer words are cut.
    private static Optional<Command> words(String message) {
        List<String> said = List.of(message.strip().split("\\s+"));
        int first = 0;
        while (first < said.size() - 1 && said.get(first).startsWith("@")) {
            first++;
        }
        String word = bare(said.get(first).toLowerCase(Locale.ROOT));
        for (Verb verb : Verb.values()) {
            Optional<Locale> language = verb.language(word);
            if (verb.argument() == Verb.Argument.TEXT && language.isPresent()) {
                String text = String.join(" ", said.subList(first + 1, said.size()));
                String kept = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
                return Optional.of(
                        kept.isBlank()
                                ? new Command(Verb.UNKNOWN, List.of(), language.get())
                                : new Command(verb, List.of(kept.strip().split(" ")), language.get()));
            }
        }
        return Optional.empty();
    }

    private static String bare(String word) {
        return word.replaceAll("^[/!.@]+|[.!?,;:]+$", "");
    }

    private static Optional<Command> orders(String message) {
        String text = message.strip().toLowerCase(Locale.ROOT);
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        List<String> words = Arrays.stream(text.split("\\s+"))
                .map(word -> word.replaceAll("^[/!.]+|[.!?,;]+$", ""))
                .filter(word -> !word.isEmpty())
                .toList();
        // Who writes to somebody often names them first.
        int first = 0;
        while (first < words.size() - 1 && words.get(first).startsWith("@")) {
            first++;
        }
        return words.isEmpty() || words.size() - first > MOST_WORDS
                ? Optional.empty()
                : Optional.of(read(words.subList(first, words.size())));
    }

    /// The account that a word names, `user@host`, without `@` in front and in lower case; empty if it names none.
    public static Optional<String> account(String word) {
        Matcher account = ACCOUNT.matcher(word.strip().toLowerCase(Locale.ROOT));
        return account.matches() ? Optional.of(account.group(1)) : Optional.empty();
    }

    /// The command as somebody could have typed it: what [#read(String)] reads as the same.
    public String text() {
        return (verb.word(language) + ' ' + String.join(" ", words)).strip();
    }

    private static Command read(List<String> words) {
        String word = words.getFirst().replaceAll("^@+", "");
        for (Verb verb : Verb.values()) {
            Optional<Locale> language = verb.language(word);
            if (language.isPresent()) {
                return arguments(verb, words.subList(1, words.size()))
                        .map(arguments -> new Command(verb, arguments, language.get()))
                        .orElseGet(() -> new Command(Verb.UNKNOWN, List.of(), language.get()));
            }
        }
        return words.size() == 1 && BARE.matcher(words.getFirst()).matches()
                ? new Command(Verb.ASK, List.of(handle(words.getFirst())), Locale.ENGLISH)
                : UNKNOWN;
    }

    /// @return empty if they do not fit
    private static Optional<List<String>> arguments(Verb verb, List<String> words) {
        return switch (verb.argument()) {
            case NONE -> Optional.of(List.of());
            case NETWORKS ->
                Optional.of(words.stream()
                        .map(word -> NETWORKS.getOrDefault(word, word))
                        .filter(word -> NAME.matcher(word).matches())
                        .distinct()
                        .toList());
            case SWITCH ->
                words.size() == 1
                        ? Optional.ofNullable(SWITCHES.get(words.getFirst())).map(List::of)
                        : Optional.empty();
            case RHYTHM ->
                words.size() == 1
                        ? Optional.ofNullable(RHYTHMS.get(words.getFirst())).map(List::of)
                        : Optional.empty();
            case TEXT -> Optional.empty();
            case NAME -> words.isEmpty() ? Optional.of(List.of()) : name(words);
            case ACCOUNT ->
                Optional.of(
                        words.size() == 1 ? account(words.getFirst()).stream().toList() : List.of());
            case ANYBODY ->
                words.size() > 1
                        ? Optional.empty()
                        : Optional.of(words.stream().map(Command::handle).toList());
            case PERSON -> words.size() == 1 ? Optional.of(List.of(handle(words.getFirst()))) : Optional.empty();
        };
    }

    private static Optional<List<String>> name(List<String> words) {
        String word = words.getFirst().replaceAll("^@+", "");
        return words.size() == 1
                        && (FIRSTS.containsKey(word) || DOMAIN.matcher(word).matches())
                ? Optional.of(List.of(FIRSTS.getOrDefault(word, word)))
                : Optional.empty();
    }

    private static String handle(String word) {
        return NETWORKS.getOrDefault(word, word.replaceAll("^@+", ""));
    }
}
