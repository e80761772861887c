package dev.drawbridge.console;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/// What the operator says in place of the texts that come with the pages. Plain text, in paragraphs with an empty line
/// between them; nothing in it is markup.
///
/// @param privacy empty for the text that comes with the pages
/// @param age the same
/// @param denials domains the operator does not carry anybody of, as it is now; shown to everybody
public record PageTexts(String privacy, String age, Supplier<List<Denied>> denials) {
    public static final PageTexts DEFAULT = new PageTexts("", "", List.of());

    /// @param reason why, for everybody to read; may be empty
    public record Denied(String domain, String reason) {}

    /// One whose denials never change, and for which nobody said why.
    public PageTexts(String privacy, String age, List<String> denied) {
        this(privacy, age, () -> denied.stream().map(d -> new Denied(d, "")).toList());
    }

    List<Denied> denied() {
        return denials.get();
    }

    static List<String> paragraphs(String text) {
        return Arrays.stream(text.strip().split("\\R\\s*\\R"))
                .map(String::strip)
                .filter(p -> !p.isEmpty())
                .toList();
    }
}
