package dev.drawbridge.atproto.record.lexicon;

import java.util.List;

/// A place where a record breaks its schema.
///
/// @param path from the record inwards: names of fields, and positions in arrays as decimal numbers
/// @param rule what is broken
/// @param detail for a person to read, without the place
public record Finding(List<String> path, Rule rule, String detail) {
    /// What can be wrong with a value.
    public enum Rule {
        /// A field that must be there is not.
        MISSING,
        /// Another type of value.
        TYPE,
        /// `null` where a field must be left out.
        NULL,
        /// Longer than allowed: a text, an array, a file.
        TOO_LONG,
        TOO_SHORT,
        /// Not in the syntax of its format.
        FORMAT,
        /// Not one of the values that are allowed.
        VALUE,
        /// Something that no lexicon here describes.
        UNKNOWN
    }

    public Finding {
        path = List.copyOf(path);
    }

    /// `embed.images[0].alt`
    public String place() {
        StringBuilder place = new StringBuilder();
        for (String step : path) {
            boolean position = !step.isEmpty() && step.chars().allMatch(c -> c >= '0' && c <= '9');
            place.append(position ? "[" + step + "]" : (place.isEmpty() ? "" : ".") + step);
        }
        return place.isEmpty() ? "the record" : place.toString();
    }

    @Override
    public String toString() {
        return place() + " " + detail;
    }
}
