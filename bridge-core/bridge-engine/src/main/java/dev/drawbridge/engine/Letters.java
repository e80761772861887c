package dev.drawbridge.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.engine.notice.Notice;
import dev.drawbridge.engine.notice.Phrases;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Capabilities.Trait;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.port.Preferences;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What bots write to people: posts for one person's eyes, which go the way of everything else.
final class Letters {
    private static final Logger LOG = LoggerFactory.getLogger(Letters.class);
    /// How often one person is answered in ten minutes: two programs must not talk to each other without end.
    private static final int MOST_ANSWERS = 20;

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Ports ports;
    private final Connectors connectors;
    private final Resolver resolver;
    private final Phrases phrases = Phrases.load();
    private final Cache<NativeId, AtomicInteger> answered;

    Letters(Ports ports, Connectors connectors, Resolver resolver, InstantSource clock) {
        this.ports = ports;
        this.connectors = connectors;
        this.resolver = resolver;
        this.answered = Caffeine.newBuilder()
                .maximumSize(20_000)
                .expireAfterWrite(PATIENCE)
                .ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
                .executor(Runnable::run)
                .build();
    }

    /// Who writes to whom because of what.
    ///
    /// @param bot the bot that carries people to this network
    /// @param cause the event that asks for it
    record Occasion(NativeId person, Network bot, NativeId cause, Instant at, Instant receivedAt) {}

    /// Whether bots can write to somebody at all.
    boolean canReach(NativeId person) {
        return connectors.has(person.network())
                && connectors.get(person.network()).capabilities().has(Trait.MESSAGES);
    }

    /// A letter to somebody who did not ask for one.
    ///
    /// @param called what they are called where they are
    /// @param bot the bot that carries people to this network
    /// @param id what the letter is called
    record Question(NativeId person, String called, Network bot, NativeId id, Instant at, Instant receivedAt) {}

    /// Writes to somebody who did not ask for it, at a place they named.
    List<Delivery> ask(Question question, Notice notice, Destination place) {
        Locale language = language(ports.preferences().of(question.person()));
        var letter = new Draft(question.id(), question.bot(), question.at(), question.receivedAt());
        return planned(letter, question.person(), question.called(), phrases.say(notice, language), language, place);
    }

    /// Answers a question.
    List<Delivery> answer(Occasion occasion, List<Notice> notices, Locale language) {
        int before = answered.get(occasion.person(), _ -> new AtomicInteger()).getAndIncrement();
        if (before >= MOST_ANSWERS) {
            LOG.info("{} is not answered any more for a while", occasion.person());
            return List.of();
        }
        return write(occasion, notices, language);
    }

    /// Writes without having been asked, once and only to those who want that.
    ///
    /// @param subject what it is about besides its text: another one is another notice
    List<Delivery> once(Occasion occasion, Notice notice, String subject) {
        return ports.preferences().of(occasion.person()).notices() ? must(occasion, notice, subject) : List.of();
    }

    /// Writes once what somebody has a right to know, whether they want notices or not.
    List<Delivery> must(Occasion occasion, Notice notice, String subject) {
        String cause = occasion.cause().key();
        return ports.notices().first(name(occasion, notice, subject), cause) ? write(occasion, notice) : List.of();
    }

    /// The same for what cannot be due any more after a while.
    List<Delivery> must(Occasion occasion, Notice notice, String subject, Instant until) {
        String cause = occasion.cause().key();
        boolean first = ports.notices().first(name(occasion, notice, subject), cause, until);
        return first ? write(occasion, notice) : List.of();
    }

    private static String name(Occasion occasion, Notice notice, String subject) {
        return occasion.person().key() + " " + notice.key() + " " + subject;
    }

    private List<Delivery> write(Occasion occasion, Notice notice) {
        Preferences.Preference preference = ports.preferences().of(occasion.person());
        return write(occasion, List.of(notice), language(preference));
    }

    private static Locale language(Preferences.Preference preference) {
        return preference.language().map(Locale::forLanguageTag).orElse(Locale.ENGLISH);
    }

    /// The words of a notice, in the language a person speaks, for others to read.
    String said(NativeId person, Notice notice) {
        return phrases.say(notice, language(ports.preferences().of(person)));
    }

    private List<Delivery> write(Occasion occasion, List<Notice> notices, Locale language) {
        NativeId person = occasion.person();
        Optional<Destination> place =
                canReach(person) ? connectors.get(person.network()).locate(person) : Optional.empty();
        if (place.isEmpty()) {
            LOG.info(
                    "nobody can write to {}: {}",
                    person,
                    notices.stream().map(Notice::key).toList());
            return List.of();
        }
        String name = resolver.profile(person)
                .map(Profile::handle)
                .filter(h -> !h.isBlank())
                .orElse(person.value());
        String words = notices.stream().map(n -> phrases.say(n, language)).collect(Collectors.joining("\n"));
        var id = new NativeId(
                Network.BRIDGE,
                "notice:" + occasion.cause().key() + ":" + notices.getFirst().key());
        var letter = new Draft(id, occasion.bot(), occasion.at(), occasion.receivedAt());
        return planned(letter, person, name, words, language, place.get());
    }

    /// What a letter is called, who writes it and when.
    private record Draft(NativeId id, Network bot, Instant at, Instant receivedAt) {}

    private static List<Delivery> planned(
            Draft draft, NativeId person, String name, String words, Locale language, Destination place) {
        NativeId bot = Ghost.botOrigin(draft.bot());
        Post letter = Post.builder(draft.id(), bot, draft.at())
                .text(new RichText(name + " " + words, List.of(new Facet.Mention(0, name.length(), person))))
                .languages(List.of(language.getLanguage()))
                .visibility(Visibility.DIRECT)
                .build();
        var id = new NativeId(Network.BRIDGE, "write " + draft.id().value());
        var publish = new Activity.Publish(id, draft.at(), letter);
        return DeliveryPlanner.plan(publish, bot, List.of(place), draft.receivedAt());
    }
}
