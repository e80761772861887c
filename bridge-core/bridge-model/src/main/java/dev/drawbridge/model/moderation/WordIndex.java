package dev.drawbridge.model.moderation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Finds which of many words stand in a text, in a time that depends on the length of the text alone. Words of scripts
/// that are written without spaces are looked for one by one.
final class WordIndex {
    /// What rules call words, by the runs of letters they consist of.
    private final Map<String, List<String>> byRuns = new HashMap<>();

    private final List<String> anywhere = new ArrayList<>();
    private int mostRuns;

    /// @param words as [Subject] writes them
    WordIndex(Collection<String> words) {
        for (String word : words) {
            if (word.codePoints().anyMatch(WordIndex::isWithoutSpaces)) {
                anywhere.add(word);
                continue;
            }
            List<String> runs = runs(word);
            mostRuns = Math.max(mostRuns, runs.size());
            byRuns.computeIfAbsent(String.join(" ", runs), _ -> new ArrayList<>(1))
                    .add(word);
        }
    }

    boolean isEmpty() {
        return byRuns.isEmpty() && anywhere.isEmpty();
    }

    /// Those in a text, in no order.
    Stream<String> in(String text) {
        String folded = Subject.folded(text);
        List<String> found = new ArrayList<>();
        anywhere.stream().filter(folded::contains).forEach(found::add);
        List<String> runs = byRuns.isEmpty() ? List.of() : runs(folded);
        for (int from = 0; from < runs.size(); from++) {
            var key = new StringBuilder();
            for (int to = from; to < Math.min(runs.size(), from + mostRuns); to++) {
                key.append(key.isEmpty() ? "" : " ").append(runs.get(to));
                byRuns.getOrDefault(key.toString(), List.of()).stream()
                        .filter(word -> stands(word, folded))
                        .forEach(found::add);
            }
        }
        return found.stream().distinct();
    }

    /// Whether it is there with nothing of a word before it or behind it.
    private static boolean stands(String word, String text) {
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            int end = at + word.length();
            boolean open = at > 0 && isOfWord(text.codePointBefore(at)) && isOfWord(word.codePointAt(0));
            boolean goesOn = end < text.length()
                    && isOfWord(text.codePointAt(end))
                    && isOfWord(word.codePointBefore(word.length()));
            if (!open && !goesOn) {
                return true;
            }
        }
        return false;
    }

    private static List<String> runs(String text) {
        List<String> runs = new ArrayList<>();
        var run = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (isOfWord(point)) {
                run.appendCodePoint(point);
            } else if (!run.isEmpty()) {
                runs.add(run.toString());
                run.setLength(0);
            }
        });
        if (!run.isEmpty()) {
            runs.add(run.toString());
        }
        return runs;
    }

    private static boolean isOfWord(int point) {
        int type = Character.getType(point);
        return Character.isLetterOrDigit(point)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isWithoutSpaces(int point) {
        return switch (Character.UnicodeScript.of(point)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }
}
