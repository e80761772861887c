package dev.drawbridge.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// What was measured, as JSON lines and as a table.
public final class Report {
    private static final String BEGIN = "<!-- %s: begin -->";
    private static final String END = "<!-- %s: end -->";

    private final List<Measurement> measurements = new ArrayList<>();

    /// Keeps a measurement and prints it.
    public void add(Measurement m) {
        measurements.add(m);
        var line = new LinkedHashMap<String, Object>();
        line.put("suite", m.suite());
        line.put("name", m.name());
        line.put("variant", m.variant());
        line.put("value", m.value());
        line.put("unit", m.unit());
        m.goal().ifPresent(g -> line.put("goal", g.toString()));
        m.met().ifPresent(met -> line.put("met", met));
        System.out.println(JsonMapper.shared().writeValueAsString(line));
    }

    public boolean allMet() {
        return measurements.stream().allMatch(m -> m.met().orElse(true));
    }

    /// A Markdown table.
    public String table() {
        var table = new StringBuilder("| what | how | value | goal | |\n|---|---|---:|---:|---|\n");
        for (Measurement m : measurements) {
            table.append("| %s | %s | %s %s | %s | %s |%n"
                    .formatted(
                            m.name(),
                            m.variant(),
                            Measurement.number(m.value()),
                            m.unit(),
                            m.goal().map(Object::toString).orElse(""),
                            m.met().map(met -> met ? "met" : "**missed**").orElse("")));
        }
        return table.toString();
    }

    /// Puts the table into a document, between the marks of the suite.
    ///
    /// @param note what is said above the table: machine, date
    public void write(Path document, String suite, String note) {
        try {
            String text = Files.readString(document);
            String begin = BEGIN.formatted(suite);
            int from = text.indexOf(begin);
            int to = text.indexOf(END.formatted(suite));
            if (from < 0 || to < from) {
                throw new IllegalArgumentException(document + " has no place for the suite " + suite);
            }
            Files.writeString(
                    document,
                    text.substring(0, from + begin.length()) + "\n" + note + "\n\n" + table() + text.substring(to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
