package dev.drawbridge.markup;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Pieces of Markdown that stand for nothing but themselves
/// ([backslash escapes](https://spec.commonmark.org/0.31.2/#backslash-escapes)).
final class MarkdownText {
    private static final Pattern ENTITY = Pattern.compile("&#?[A-Za-z0-9]{1,32};");
    private static final Pattern NUMBER = Pattern.compile("^([0-9]{1,9})([.)])(?=\\s|$)");
    private static final Pattern HASHES = Pattern.compile("^#{1,6}(?=\\s|$)");
    private static final Pattern TICKS = Pattern.compile("`+");

    private MarkdownText() {}

    /// Words that are read as they are.
    ///
    /// @param starts whether a line begins with them
    static String escaped(String words, boolean starts) {
        String text = words.replace('\n', ' ').replace('\r', ' ');
        if (starts) {
            text = text.stripLeading();
        }
        var out = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            if (isSign(text, i)) {
                out.append('\\');
            }
            out.append(text.charAt(i));
        }
        return starts ? begun(out.toString()) : out.toString();
    }

    private static boolean isSign(String text, int at) {
        return switch (text.charAt(at)) {
            case '\\', '`', '*', '[', ']', '<' -> true;
            case '_' -> !(isWord(text, at - 1) && isWord(text, at + 1));
            // A picture, if a link comes next.
            case '!' -> at == text.length() - 1;
            case '&' -> ENTITY.matcher(text).region(at, text.length()).lookingAt();
            default -> false;
        };
    }

    private static boolean isWord(String text, int at) {
        return at >= 0 && at < text.length() && Character.isLetterOrDigit(text.charAt(at));
    }

    /// What only counts at the beginning of a line.
    private static String begun(String text) {
        if (text.isEmpty()) {
            return text;
        }
        return switch (text.charAt(0)) {
            case '+', '-', '>', '=', '~' -> "\\" + text;
            case '#' -> HASHES.matcher(text).find() ? "\\" + text : text;
            default -> {
                Matcher number = NUMBER.matcher(text);
                yield number.find() ? number.replaceFirst("$1\\\\$2") : text;
            }
        };
    }

    /// Words of a program in a line.
    static String code(String text) {
        String words = text.replace('\n', ' ').replace('\r', ' ');
        if (words.isBlank()) {
            return words;
        }
        String ticks = fence(words, 1);
        boolean touches = words.startsWith("`") || words.endsWith("`");
        boolean spaced = words.startsWith(" ") && words.endsWith(" ");
        return touches || spaced ? ticks + " " + words + " " + ticks : ticks + words + ticks;
    }

    /// Backticks that do not stand in a text.
    static String fence(String text, int least) {
        int longest = TICKS.matcher(text)
                .results()
                .mapToInt(run -> run.end() - run.start())
                .max()
                .orElse(0);
        return "`".repeat(Math.max(least, longest + 1));
    }

    static String address(URI target) {
        String text = target.toString().replace("(", "\\(").replace(")", "\\)").replace("<", "%3C");
        return ENTITY.matcher(text).replaceAll(entity -> Matcher.quoteReplacement("\\" + entity.group()));
    }

    /// Whether there is nothing in it that could be a sign.
    static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isSign(text, i)) {
                return false;
            }
        }
        return true;
    }
}
