package dev.drawbridge.engine;

import dev.drawbridge.engine.notice.Notice;
import dev.drawbridge.engine.notice.NoticeKey;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.bot.Command;
import dev.drawbridge.model.consent.Reason;
import dev.drawbridge.model.port.Follows;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// People whose profile shows less than the operator asks for, and who may come in all the same because somebody who is
/// carried, or the operator, vouches for them (ADR 33). That somebody vouches is theirs and goes with them; of whom
/// they
/// vouch for there is a digest that answers one question: is it this person who asks?
public final class Vouches {
    /// Who vouches for somebody as the one who runs the bridge.
    private static final NativeId OPERATOR = new NativeId(Network.BRIDGE, "operator");
    private static final String MARK = "vouched:";

    private final Ports ports;
    private final Resolver resolver;
    private final Namesakes namesakes;
    private final Terms terms;
    private final InstantSource clock;

    Vouches(Ports ports, Connectors connectors, Resolver resolver, Terms terms, InstantSource clock) {
        this.ports = ports;
        this.resolver = resolver;
        this.namesakes = new Namesakes(connectors, resolver);
        this.terms = terms;
        this.clock = clock;
    }

    /// What the gates have against somebody who wants to come in; empty if they may.
    ///
    /// @param profile where it is known
    Optional<Reason> objection(NativeId person, Optional<Profile> profile) {
        return terms.gates()
                .objection(profile, clock.instant())
                .filter(reason -> !isAboutProfile(reason) || !isVouchedFor(person));
    }

    private static boolean isAboutProfile(Reason reason) {
        return reason == Reason.NO_PICTURE || reason == Reason.NO_DESCRIPTION;
    }

    /// Whether somebody's word lets them in now: one who is carried, and whom the operator does not keep back.
    private boolean isVouchedFor(NativeId person) {
        return ports.follows().followedBy(digest(person)).stream()
                .anyMatch(voucher -> voucher.equals(OPERATOR)
                        || (terms.gates().vouches() > 0 && !voucher.equals(person) && counts(voucher)));
    }

    /// Whether the operator vouches for somebody.
    public static boolean isByOperator(Ports ports, NativeId person) {
        return ports.follows().find(digest(person), OPERATOR).isPresent();
    }

    private boolean counts(NativeId voucher) {
        return ports.consents().givenAnywhere(voucher)
                && terms.rules().on(voucher, resolver).isEmpty();
    }

    /// Somebody who is carried vouches for a person of whatever network.
    ///
    /// @param called what they call that person
    /// @param cause the message
    Notice vouch(NativeId voucher, String called, NativeId cause) {
        int most = terms.gates().vouches();
        if (most == 0 || !(terms.gates().picture() || terms.gates().description())) {
            return Notice.of(NoticeKey.VOUCH_NONE);
        }
        boolean small = terms.gates()
                .objection(resolver.profile(voucher), clock.instant())
                .isPresent();
        if (small || !counts(voucher)) {
            return Notice.of(NoticeKey.VOUCH_BARRED);
        }
        List<NativeId> meant = namesakes.anywhere(called);
        if (meant.size() != 1) {
            return Notice.of(
                    meant.isEmpty() ? NoticeKey.NOBODY_CALLED : NoticeKey.SEVERAL_CALLED, Notice.plain(called));
        }
        NativeId vouched = digest(meant.getFirst());
        boolean known = ports.follows().find(vouched, voucher).isPresent();
        // Also in a day: whoever is let in stays, so that taking words back makes no room for a crowd.
        if (!known && (count(ports.follows(), voucher) >= most || !counted(voucher, vouched, most))) {
            return Notice.of(NoticeKey.VOUCH_MOST, Notice.plain(Integer.toString(most)));
        }
        var word = new NativeId(Network.BRIDGE, "vouch:" + cause.key());
        ports.follows().put(new Follows.Edge(vouched, voucher, word, Optional.empty(), true));
        return Notice.of(NoticeKey.VOUCHED, Notice.plain(called));
    }

    private boolean counted(NativeId voucher, NativeId vouched, int most) {
        LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return ports.quotas().admits("vouches of " + voucher.key(), vouched.value(), most, day);
    }

    /// Somebody does not vouch any more.
    ///
    /// @param called for whom, or [Command#ALL]
    Notice unvouch(NativeId voucher, String called) {
        if (called.equals(Command.ALL)) {
            forget(ports.follows(), voucher);
            return Notice.of(NoticeKey.UNVOUCHED_ALL);
        }
        List<NativeId> meant = namesakes.anywhere(called);
        if (meant.size() != 1) {
            return Notice.of(
                    meant.isEmpty() ? NoticeKey.NOBODY_CALLED : NoticeKey.SEVERAL_CALLED, Notice.plain(called));
        }
        ports.follows().remove(digest(meant.getFirst()), voucher);
        return Notice.of(NoticeKey.UNVOUCHED, Notice.plain(called));
    }

    /// The operator vouches for somebody, or not any more. Doing it again changes nothing.
    public static void byOperator(Ports ports, NativeId person, boolean vouches) {
        NativeId vouched = digest(person);
        if (vouches) {
            var word = new NativeId(Network.BRIDGE, "vouch:operator " + vouched.value());
            ports.follows().put(new Follows.Edge(vouched, OPERATOR, word, Optional.empty(), true));
        } else {
            ports.follows().remove(vouched, OPERATOR);
        }
    }

    /// For how many people somebody vouches.
    static long count(Follows follows, NativeId voucher) {
        return follows.followerCount(voucher, Network.BRIDGE);
    }

    /// Somebody vouches for nobody any more.
    static void forget(Follows follows, NativeId voucher) {
        follows.followersOf(voucher, Network.BRIDGE, MARK, Integer.MAX_VALUE)
                .forEach(vouched -> follows.remove(vouched, voucher));
    }

    private static NativeId digest(NativeId person) {
        return new NativeId(Network.BRIDGE, MARK + Sha256.hex("vouched\n" + person.key()));
    }
}
