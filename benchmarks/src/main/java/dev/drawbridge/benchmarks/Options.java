package dev.drawbridge.benchmarks;

import dev.drawbridge.it.ProjectTree;
import dev.drawbridge.it.instance.RunningInstance.Setup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What somebody who starts a suite wants of it: `--only=PART,PART` and `--write`.
final class Options {
    private static final String ONLY = "--only=";

    private final List<String> arguments;

    Options(String[] arguments) {
        this.arguments = List.of(arguments);
    }

    /// The parts to run, all of them if none is named, in the order they are declared in.
    ///
    /// @throws IllegalArgumentException if one is named that does not exist
    <P extends Enum<P>> List<P> parts(Class<P> suite) {
        List<P> all = List.of(suite.getEnumConstants());
        List<String> wanted = arguments.stream()
                .filter(o -> o.startsWith(ONLY))
                .flatMap(o -> Arrays.stream(o.substring(ONLY.length()).split(",")))
                .toList();
        List<String> names = all.stream().map(Options::name).toList();
        if (!names.containsAll(wanted)) {
            throw new IllegalArgumentException("the parts are " + names + ", not all of " + wanted);
        }
        return wanted.isEmpty()
                ? all
                : all.stream().filter(part -> wanted.contains(name(part))).toList();
    }

    static String name(Enum<?> part) {
        return part.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Puts the report where it is kept, if that is wanted.
    ///
    /// @param section of `docs/performance.md`
    void keep(Report report, String section) {
        if (arguments.contains("--write")) {
            report.write(ProjectTree.find().root().resolve("docs/performance.md"), section, Machine.today());
        }
    }

    /// Adds what `-Dbench.flags` says to the flags of the instance's JVM, separated by spaces: to profile it.
    static Setup flagged(Setup setup) {
        Setup flagged = setup;
        for (String flag : System.getProperty("bench.flags", "").split(" ")) {
            flagged = flag.isBlank() ? flagged : flagged.flag(flag);
        }
        return flagged;
    }

    /// A new one.
    static Path folder() {
        try {
            return Files.createTempDirectory("drawbridge-bench");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
