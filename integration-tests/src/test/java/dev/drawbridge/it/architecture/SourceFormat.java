package dev.drawbridge.it.architecture;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.util.List;

/// The house's format.
final class SourceFormat {
    private static final int COLUMNS = 120;

    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    /// What the formatter makes of a source.
    sealed interface Result {}

    record Formatted(String text) implements Result {}

    /// The formatter cuts such lines in the middle of a word or gives up, so they are refused before it sees them.
    ///
    /// @param line counted from 1
    record CommentTooLong(int line) implements Result {}

    record Unreadable(String reason) implements Result {}

    Result of(String source) {
        List<String> lines = source.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).length() > COLUMNS && isComment(lines.get(i))) {
                return new CommentTooLong(i + 1);
            }
        }
        try {
            return new Formatted(formatter.formatSourceAndFixImports(source));
        } catch (FormatterException e) {
            return new Unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isComment(String line) {
        String text = line.strip();
        return text.startsWith("//") || text.startsWith("*") || text.startsWith("/*");
    }
}
