package dev.drawbridge.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.it.ProjectTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every source is formatted by palantir-java-format. `-Dformat.apply=true` rewrites what is not.
///
/// This is a test and not a Maven plug-in because a plug-in parses with the JDK that runs Maven, which may be older
/// than the language the sources are written in.
class FormattingTest {
    private final ProjectTree tree = ProjectTree.find();
    private final SourceFormat format = new SourceFormat();

    @Test
    void everySourceIsFormatted() throws IOException {
        boolean apply = Boolean.getBoolean("format.apply");
        List<String> wrong = new ArrayList<>();
        for (Path file : tree.javaFiles()) {
            String source = tree.read(file);
            switch (format.of(source)) {
                case SourceFormat.Formatted(String text) when text.equals(source) -> {}
                case SourceFormat.Formatted(String text)
                when apply -> Files.writeString(tree.root().resolve(file), text);
                case SourceFormat.Formatted(String text) -> wrong.add(file + ":" + firstDifference(source, text));
                case SourceFormat.CommentTooLong(int line) ->
                    wrong.add(file + ":" + line + ": a comment line of more than 120 columns");
                case SourceFormat.Unreadable(String reason) -> wrong.add(file + ": " + reason);
            }
        }
        assertThat(wrong)
                .as("sources to format; run ./mvnw -pl integration-tests -am test -Dtest=FormattingTest "
                        + "-Dsurefire.failIfNoSpecifiedTests=false -Dformat.apply=true")
                .isEmpty();
    }

    @Test
    void theFormatterSeesWhatIsNotFormatted() {
        assertThat(format.of("class A {int a;}\n")).isEqualTo(new SourceFormat.Formatted("class A {\n    int a;\n}\n"));
    }

    @Test
    void theFormatterKnowsTheLanguageOfToday() {
        String source = """
            /// *Markdown*, kept as it is
            class A {
                int f(Object o) {
                    return switch (o) {
                        case Integer i when i > 2 -> i;
                        case String _ -> 1;
                        default -> 0;
                    };
                }
            }
            """;
        assertThat(format.of(source)).isEqualTo(new SourceFormat.Formatted(source));
    }

    @Test
    void longCommentLinesAreNamedByTheirLine() {
        String source = "class A {\n    // " + "word ".repeat(30) + "\n    int a;\n}\n";
        assertThat(format.of(source)).isEqualTo(new SourceFormat.CommentTooLong(2));
    }

    @Test
    void brokenSourcesAreNamed() {
        assertThat(format.of("class {")).isInstanceOf(SourceFormat.Unreadable.class);
    }

    private static String firstDifference(String is, String should) {
        List<String> a = is.lines().toList();
        List<String> b = should.lines().toList();
        int line = 0;
        while (line < Math.min(a.size(), b.size()) && a.get(line).equals(b.get(line))) {
            line++;
        }
        return (line + 1) + ": should be "
                + (line < b.size() ? '`' + b.get(line).strip() + '`' : "the end");
    }
}
