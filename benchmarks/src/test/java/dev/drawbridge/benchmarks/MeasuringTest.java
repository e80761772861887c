package dev.drawbridge.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.drawbridge.benchmarks.Measurement.Goal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The ruler itself.
class MeasuringTest {
    @Test
    void percentilesAreValuesThatWereMeasured() {
        var hundred = new Percentiles(
                IntStream.rangeClosed(1, 100).mapToObj(i -> (double) (101 - i)).toList());
        assertThat(hundred.median()).isEqualTo(50);
        assertThat(hundred.at(99)).isEqualTo(99);
        assertThat(hundred.at(100)).isEqualTo(100);
        assertThat(hundred.at(0.5)).isEqualTo(1);
        assertThat(new Percentiles(List.of(7.0)).at(99)).isEqualTo(7);
    }

    @Test
    void nothingMeasuredIsNoPercentile() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Percentiles(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Percentiles(List.of(1.0)).at(0));
    }

    @Test
    void aMissedGoalIsSeen(@TempDir Path folder) throws IOException {
        var report = new Report();
        report.add(Measurement.of("s", "start", "jar", 9.5, "s").goal(Goal.atMost(10)));
        assertThat(report.allMet()).isTrue();
        report.add(Measurement.of("s", "start", "slow", 12, "s").goal(Goal.atMost(10)));
        assertThat(report.allMet()).isFalse();

        Path document = folder.resolve("performance.md");
        Files.writeString(document, "# Speed\n<!-- s: begin -->\nold\n<!-- s: end -->\nafter\n");
        report.write(document, "s", "2 cores.");
        assertThat(document)
                .content()
                .startsWith("# Speed\n<!-- s: begin -->\n2 cores.\n\n| what |")
                .contains("| start | jar | 9.50 s | ≤ 10 | met |", "| start | slow | 12 s | ≤ 10 | **missed** |")
                .endsWith("<!-- s: end -->\nafter\n")
                .doesNotContain("old");
    }

    @Test
    void aDocumentWithoutAPlaceForTheSuiteIsLeftAlone(@TempDir Path folder) throws IOException {
        Path document = Files.writeString(folder.resolve("performance.md"), "# Speed\n");
        assertThatIllegalArgumentException().isThrownBy(() -> new Report().write(document, "s", ""));
        assertThat(document).hasContent("# Speed");
    }
}
