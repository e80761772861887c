package dev.drawbridge.model.port;

import dev.drawbridge.model.Choices;
import dev.drawbridge.model.NativeId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What people who opted in chose beside the networks they are carried to. Whoever chose nothing has the defaults, and
/// no record.
public interface Preferences {
    /// What was put first before a profile said something else: whoever reads that profile again, because nobody knows
    /// whether what follows of it is safe, finds the same change.
    ///
    /// @param profile the activity that changed it
    record PinsBefore(NativeId profile, List<NativeId> pins) {
        public PinsBefore {
            pins = List.copyOf(pins);
        }
    }

    /// @param person on their own network
    /// @param unlisted whether posts cross that are public but not in public timelines; no by default
    /// @param notices whether bots write to them without having been asked; yes by default
    /// @param language the language they spoke last, as a BCP 47 tag
    /// @param choices how their posts are carried
    /// @param muted of whom nothing is brought to them, on their own networks
    /// @param blocked the same of whom, and who does not follow them; each with the id of the block, because
    /// the end of one may name nothing else
    /// @param pins which of their posts that crossed they put first, the latest first
    /// @param pinsBefore the same before the profile that changed it last, if a profile did
    record Preference(
            NativeId person,
            boolean unlisted,
            boolean notices,
            Optional<String> language,
            Choices choices,
            Set<NativeId> muted,
            Map<NativeId, NativeId> blocked,
            List<NativeId> pins,
            Optional<PinsBefore> pinsBefore) {
        public Preference {
            muted = Set.copyOf(muted);
            blocked = Map.copyOf(blocked);
            pins = List.copyOf(pins);
        }

        /// That of somebody who hears everybody.
        public Preference(
                NativeId person, boolean unlisted, boolean notices, Optional<String> language, Choices choices) {
            this(person, unlisted, notices, language, choices, Set.of(), Map.of(), List.of(), Optional.empty());
        }

        public static Preference byDefault(NativeId person) {
            return new Preference(person, false, true, Optional.empty(), Choices.NONE);
        }

        public Preference withUnlisted(boolean wanted) {
            return new Preference(person, wanted, notices, language, choices, muted, blocked, pins, pinsBefore);
        }

        public Preference withNotices(boolean wanted) {
            return new Preference(person, unlisted, wanted, language, choices, muted, blocked, pins, pinsBefore);
        }

        public Preference withLanguage(Optional<String> spoken) {
            return new Preference(person, unlisted, notices, spoken, choices, muted, blocked, pins, pinsBefore);
        }

        public Preference withChoices(Choices chosen) {
            return new Preference(person, unlisted, notices, language, chosen, muted, blocked, pins, pinsBefore);
        }

        public Preference withMuted(Set<NativeId> others) {
            return new Preference(person, unlisted, notices, language, choices, others, blocked, pins, pinsBefore);
        }

        public Preference withBlocked(Map<NativeId, NativeId> others) {
            return new Preference(person, unlisted, notices, language, choices, muted, others, pins, pinsBefore);
        }

        public Preference withPins(List<NativeId> posts) {
            return withPins(posts, Optional.empty());
        }

        public Preference withPins(List<NativeId> posts, Optional<PinsBefore> before) {
            return new Preference(person, unlisted, notices, language, choices, muted, blocked, posts, before);
        }

        /// Whether they want to hear nothing of somebody.
        public boolean shuns(NativeId other) {
            return muted.contains(other) || blocked.containsKey(other);
        }
    }

    /// The choice of a person, or what holds for whoever made none.
    Preference of(NativeId person);

    void put(Preference preference);

    /// Forgets what a person chose. Does nothing if there is nothing.
    void remove(NativeId person);
}
