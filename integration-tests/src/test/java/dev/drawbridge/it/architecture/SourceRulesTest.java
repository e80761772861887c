package dev.drawbridge.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.it.ProjectTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Rules about the text of the sources.
class SourceRulesTest {
    private static final int LONGEST_FILE = 400;
    private static final int LONGEST_METHOD = 40;
    private static final Pattern TEST =
            Pattern.compile("^ {4}@(Test|Property|ParameterizedTest|TestFactory|RepeatedTest)\\b", Pattern.MULTILINE);

    private final ProjectTree tree = ProjectTree.find();

    @Test
    void noFileIsLongerThanAPersonReads() {
        assertThat(tree.javaFiles().stream()
                        .filter(f -> tooLong(tree.read(f)))
                        .map(f -> f + " has " + tree.read(f).lines().count() + " lines"))
                .as("files of more than %d lines", LONGEST_FILE)
                .isEmpty();
    }

    @Test
    void theRuleAboutLongFilesBites() {
        String line = "// one line\n";
        assertThat(tooLong(line.repeat(LONGEST_FILE))).isFalse();
        assertThat(tooLong(line.repeat(LONGEST_FILE + 1))).isTrue();
    }

    @Test
    void noMethodIsLongerThanAPersonRemembers() {
        assertThat(longMethods(mainFiles().collect(Collectors.toMap(Path::toString, tree::read))))
                .as("methods of more than %d lines", LONGEST_METHOD)
                .isEmpty();
    }

    @Test
    void theRuleAboutLongMethodsBites() {
        String body = IntStream.range(0, LONGEST_METHOD)
                .mapToObj(i -> "        int a" + i + " = " + i + ";\n")
                .reduce("", String::concat);
        String source = "class A {\n    void shortOne() {\n    }\n    void longOne() {\n" + body + "    }\n}\n";
        assertThat(longMethods(Map.of("A.java", source)))
                .singleElement()
                .asString()
                .contains("longOne");
    }

    @Test
    void everyTestIsCalledSoThatABuildRunsIt() {
        assertThat(tree.javaFiles().stream()
                        .filter(f -> neverRun(f.getFileName().toString(), tree.read(f))))
                .as("tests whose class is called neither …Test nor …IT")
                .isEmpty();
    }

    @Test
    void theRuleAboutNamesOfTestsBites() {
        String test = "class A {\n    @Property(tries = 5)\n    void holds() {}\n}\n";
        assertThat(neverRun("AProperties.java", test)).isTrue();
        assertThat(neverRun("APropertiesTest.java", test)).isFalse();
        assertThat(neverRun("ACheckIT.java", test)).isFalse();
        assertThat(neverRun("AContract.java", "public abstract " + test)).isFalse();
        assertThat(neverRun("A.java", "class A {}\n")).isFalse();
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        assertThat(mainFiles()
                        .filter(f -> f.getFileName().toString().equals("package-info.java"))
                        .filter(f -> !saysWhatItIsFor(tree.read(f))))
                .as("package-info.java without a sentence in `///`")
                .isEmpty();
    }

    @Test
    void theRuleAboutPackagesBites() {
        assertThat(saysWhatItIsFor("@NullMarked\npackage a;\n")).isFalse();
        assertThat(saysWhatItIsFor("/// short\n@NullMarked\npackage a;\n")).isFalse();
        assertThat(saysWhatItIsFor("/// What crosses.\n@NullMarked\npackage a;\n"))
                .isTrue();
    }

    private static boolean neverRun(String name, String source) {
        return TEST.matcher(source).find()
                && !source.contains("abstract class ")
                && !name.endsWith("Test.java")
                && !name.endsWith("IT.java");
    }

    private static boolean tooLong(String source) {
        return source.lines().count() > LONGEST_FILE;
    }

    private static boolean saysWhatItIsFor(String packageInfo) {
        return packageInfo.startsWith("/// ") && packageInfo.contains(".\n@NullMarked");
    }

    private static List<String> longMethods(Map<String, String> sources) {
        return MethodLengths.of(sources).stream()
                .filter(m -> m.lines() > LONGEST_METHOD)
                .map(m -> m.file() + ": " + m.name() + " has " + m.lines() + " lines")
                .toList();
    }

    /// Sources of the build; a peer is a program of its own.
    private Stream<Path> mainFiles() {
        return tree.javaFiles().stream()
                .filter(f -> f.toString().contains("src/main/java"))
                .filter(f -> !f.startsWith("integration-tests/peers"));
    }
}
