package dev.drawbridge.activitypub.http;

import dev.drawbridge.activitypub.object.Vocabulary;
import dev.drawbridge.model.spi.HttpCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// In which form something is served: a page or a document, as `Accept` asks,
/// [RFC 9110 §12.5.1](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1).
///
/// Whoever accepts none of the forms gets the document, and so does whoever likes page and document equally.
final class Negotiation {
    /// The most media ranges that are looked at.
    private static final int MOST = 64;

    /// How closely a range names a media type if it has no wildcard.
    private static final int EXACT = 2;

    private static final Pattern COMMA = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");
    private static final Pattern SEMICOLON = Pattern.compile(";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");
    private static final Pattern WEIGHT = Pattern.compile("(?:0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?)");

    private Negotiation() {}

    /// The forms, the one we prefer first.
    enum Form {
        ACTIVITY(Vocabulary.ACTIVITY_JSON, List.of(Vocabulary.ACTIVITY_JSON, "application/json")),
        LINKED_DATA(
                "application/ld+json; profile=\"" + Vocabulary.CONTEXT + "\"",
                List.of("application/ld+json; profile=\"" + Vocabulary.CONTEXT + "\"")),
        PAGE("text/html; charset=utf-8", List.of("text/html", "application/xhtml+xml"));

        private final String contentType;
        /// What is asked for when this is meant; what is not named first has to be asked for by name.
        private final List<String> answers;

        Form(String contentType, List<String> answers) {
            this.contentType = contentType;
            this.answers = answers;
        }

        String contentType() {
            return contentType;
        }
    }

    /// @param type of the range, `*` for any
    /// @param profile its `profile` parameter; empty if it has none
    private record Range(String type, String subtype, String profile, double weight) {
        /// How closely it names a media type; negative if it does not.
        int closeness(String type, String subtype, String profile) {
            if (this.type.equals("*")) {
                return 0;
            }
            if (!this.type.equals(type)) {
                return -1;
            }
            if (this.subtype.equals("*")) {
                return 1;
            }
            if (!this.subtype.equals(subtype) || !(this.profile.isEmpty() || this.profile.equals(profile))) {
                return -1;
            }
            return this.profile.isEmpty() ? EXACT : EXACT + 1;
        }
    }

    static boolean wantsPage(HttpCall call) {
        return form(call) == Form.PAGE;
    }

    static Form form(HttpCall call) {
        return form(String.join(",", call.headers().getOrDefault("accept", List.of())));
    }

    static Form form(String accept) {
        var ranges = ranges(accept);
        Form best = Form.ACTIVITY;
        double most = 0;
        for (Form form : Form.values()) {
            double weight = weight(form.answers.getFirst(), ranges, 0);
            for (String other : form.answers) {
                weight = Math.max(weight, weight(other, ranges, EXACT));
            }
            if (weight > most) {
                best = form;
                most = weight;
            }
        }
        return best;
    }

    /// The weight of the range that names a media type most closely.
    ///
    /// @param least how closely it has to
    private static double weight(String answer, List<Range> ranges, int least) {
        Range wanted = range(answer);
        double weight = 0;
        int closest = least - 1;
        for (Range range : ranges) {
            int closeness = range.closeness(wanted.type(), wanted.subtype(), wanted.profile());
            if (closeness > closest) {
                closest = closeness;
                weight = range.weight();
            }
        }
        return weight;
    }

    private static List<Range> ranges(String accept) {
        if (accept.isBlank() || accept.length() > 4096) {
            return List.of();
        }
        var ranges = new ArrayList<Range>();
        for (String part : COMMA.split(accept, MOST + 1)) {
            if (!part.isBlank() && ranges.size() < MOST) {
                ranges.add(range(part));
            }
        }
        return ranges;
    }

    private static Range range(String text) {
        String[] parts = SEMICOLON.split(text, -1);
        String[] names = parts[0].strip().toLowerCase(Locale.ROOT).split("/", 2);
        String profile = "";
        double weight = 1;
        for (String parameter : Arrays.asList(parts).subList(1, parts.length)) {
            String[] pair = parameter.split("=", 2);
            String name = pair[0].strip().toLowerCase(Locale.ROOT);
            String value = pair.length < 2 ? "" : unquoted(pair[1].strip());
            if (name.equals("profile")) {
                profile = value;
            } else if (name.equals("q") && WEIGHT.matcher(value).matches()) {
                weight = Double.parseDouble(value);
            }
        }
        return new Range(names[0], names.length < 2 ? "" : names[1], profile, weight);
    }

    private static String unquoted(String value) {
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }
}
