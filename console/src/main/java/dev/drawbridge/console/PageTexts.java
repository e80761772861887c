package dev.drawbridge.console;

import java.util.Arrays;
import java.util.List;

/// What the operator says in place of the texts that come with the pages. Plain text, in paragraphs with an empty line
/// between them; nothing in it is markup.
///
/// @param privacy empty for the text that comes with the pages
/// @param age the same
/// @param denied domains the operator does not carry anybody of; shown to everybody
public record PageTexts(String privacy, String age, List<String> denied) {
    public static final PageTexts DEFAULT = new PageTexts("", "", List.of());

    public PageTexts {
        denied = List.copyOf(denied);
    }

    static List<String> paragraphs(String text) {
        return Arrays.stream(text.strip().split("\\R\\s*\\R"))
                .map(String::strip)
                .filter(p -> !p.isEmpty())
                .toList();
    }
}
