package dev.drawbridge.atproto.translate;

import dev.drawbridge.model.ContentWarning;
import dev.drawbridge.model.ContentWarning.Label;
import dev.drawbridge.model.Loss;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The labels that an author gives to their own record, `com.atproto.label.defs#selfLabels`.
///
/// Spec: [Labels](https://atproto.com/specs/label)
final class SelfLabels {
    /// Of an account that a program speaks for.
    static final String BOT = "bot";

    /// Of an account that asks to be shown to people who signed in only.
    static final String SIGN_IN = "!no-unauthenticated";

    private SelfLabels() {}

    static boolean has(ObjectNode record, String label) {
        return values(record).contains(label);
    }

    /// What readers are warned of, with the words they see. A label without a meaning elsewhere is a loss.
    static Optional<ContentWarning> warning(ObjectNode record, List<Loss> losses) {
        Set<Label> labels = EnumSet.noneOf(Label.class);
        boolean marked = false;
        for (String value : values(record)) {
            Optional<Label> known = label(value);
            known.ifPresent(labels::add);
            if (value.equals("!warn") || value.equals("!hide")) {
                marked = true;
            } else if (known.isEmpty()) {
                losses.add(new Loss("label", "means nothing elsewhere: " + value));
            }
        }
        if (labels.isEmpty() && !marked) {
            return Optional.empty();
        }
        return Optional.of(new ContentWarning(words(labels), labels));
    }

    /// Whether the labels tell the reader all that the words do.
    static boolean saysItAll(ContentWarning warning) {
        return !warning.labels().isEmpty()
                && (warning.reason().isBlank() || warning.reason().equals(words(warning.labels())));
    }

    private static String words(Set<Label> labels) {
        return labels.stream().map(SelfLabels::words).collect(Collectors.joining(", "));
    }

    /// Only what the source said: a warning in words is never turned into a label.
    static void write(ContentWarning warning, ObjectNode record) {
        if (!warning.labels().isEmpty()) {
            write(record, warning.labels().stream().map(SelfLabels::value).toList());
        }
    }

    static void write(ObjectNode record, List<String> labels) {
        ArrayNode values =
                record.putObject("labels").put("$type", Lexicons.SELF_LABELS).putArray("values");
        labels.forEach(label -> values.addObject().put("val", label));
    }

    private static List<String> values(ObjectNode record) {
        List<String> values = new ArrayList<>();
        for (JsonNode value : record.path("labels").path("values")) {
            String label = value.path("val").asString("");
            if (!label.isEmpty() && !values.contains(label)) {
                values.add(label);
            }
        }
        return values;
    }

    private static Optional<Label> label(String value) {
        return switch (value) {
            case "graphic-media" -> Optional.of(Label.GRAPHIC_MEDIA);
            case "nudity" -> Optional.of(Label.NUDITY);
            case "sexual" -> Optional.of(Label.SEXUAL);
            case "porn" -> Optional.of(Label.PORN);
            default -> Optional.empty();
        };
    }

    private static String value(Label label) {
        return switch (label) {
            case GRAPHIC_MEDIA -> "graphic-media";
            case NUDITY -> "nudity";
            case SEXUAL -> "sexual";
            case PORN -> "porn";
        };
    }

    private static String words(Label label) {
        return switch (label) {
            case GRAPHIC_MEDIA -> "Graphic media";
            case NUDITY -> "Nudity";
            case SEXUAL -> "Sexually suggestive";
            case PORN -> "Adult content";
        };
    }
}
