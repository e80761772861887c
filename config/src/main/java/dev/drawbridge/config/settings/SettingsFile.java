package dev.drawbridge.config.settings;

import dev.drawbridge.model.spi.ConnectorFactory.SettingError;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// A settings file, flattened: dots between levels, commas between the items of a list, values as they are written.
/// `${NAME}` and `${NAME:otherwise}` stand for variables of the environment.
final class SettingsFile {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::([^}]*))?}");
    private final Map<String, String> environment;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<SettingError> errors = new ArrayList<>();

    private SettingsFile(Map<String, String> environment) {
        this.environment = environment;
    }

    /// @param errors what was found wrong is added here
    static Map<String, String> read(Path file, Map<String, String> environment, List<SettingError> errors) {
        try {
            return read(Files.readString(file), environment, errors);
        } catch (NoSuchFileException e) {
            errors.add(new SettingError(file.toString(), "there is no such file", "config/drawbridge.example.yml"));
        } catch (MalformedInputException e) {
            errors.add(new SettingError(file.toString(), "is not UTF-8 text", ""));
        } catch (IOException e) {
            errors.add(new SettingError(file.toString(), "cannot be read: " + e.getMessage(), ""));
        }
        return Map.of();
    }

    static Map<String, String> read(String text, Map<String, String> environment, List<SettingError> errors) {
        var file = new SettingsFile(environment);
        try (Reader reader = new StringReader(text)) {
            Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(reader);
            if (root != null
                    && !(root instanceof ScalarNode empty && empty.getTag().equals(Tag.NULL))) {
                file.walk("", root);
            }
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            errors.add(new SettingError("line " + line, "is not YAML: " + e.getProblem(), "drawbridge:\\n  domain: …"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        errors.addAll(file.errors);
        return file.values;
    }

    private void walk(String key, Node node) {
        switch (node) {
            case MappingNode map -> {
                for (NodeTuple tuple : map.getValue()) {
                    String name = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
                    walk(key.isEmpty() ? name : key + "." + name, tuple.getValueNode());
                }
            }
            case SequenceNode list -> list(key, list);
            case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> {}
            case ScalarNode scalar -> put(key, fill(key, scalar.getValue()));
            default -> throw new IllegalStateException("YAML node of an unknown kind: " + node);
        }
    }

    private void list(String key, SequenceNode list) {
        var items = new ArrayList<String>();
        for (Node item : list.getValue()) {
            if (item instanceof ScalarNode scalar) {
                items.add(fill(key, scalar.getValue()));
            } else {
                errors.add(new SettingError(key, "is a list of something that is not text", key + ": [one, two]"));
                return;
            }
        }
        put(key, String.join(",", items));
    }

    private void put(String key, String value) {
        if (values.putIfAbsent(key, value) != null) {
            errors.add(new SettingError(key, "is set twice", ""));
        }
    }

    private String fill(String key, String value) {
        return VARIABLE.matcher(value)
                .replaceAll(match ->
                        Matcher.quoteReplacement(variable(key, match.group(1), Optional.ofNullable(match.group(2)))));
    }

    private String variable(String key, String name, Optional<String> otherwise) {
        Optional<String> value = Optional.ofNullable(environment.get(name)).or(() -> otherwise);
        if (value.isEmpty()) {
            errors.add(new SettingError(
                    key, "needs the environment variable " + name + ", which is not set", "${" + name + ":otherwise}"));
        }
        return value.orElse("");
    }
}
