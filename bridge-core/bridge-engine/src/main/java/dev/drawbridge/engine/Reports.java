package dev.drawbridge.engine;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Complaints;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.model.port.Ledger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Complaints about people whom the bridge shows: handed on to those who look after the network they come from, and
/// always kept for the operator. Who complained is neither handed on nor stored: a bot of the bridge says it for them.
final class Reports {
    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);
    private static final int LOGGED = 500;
    private final Ports ports;
    private final Connectors connectors;
    private final Resolver resolver;
    private final Audience audience;
    private final CrossingLog log;
    private final ReportQuota quota;

    Reports(
            Ports ports,
            Connectors connectors,
            Resolver resolver,
            Audience audience,
            CrossingLog log,
            InstantSource clock) {
        this.ports = ports;
        this.connectors = connectors;
        this.resolver = resolver;
        this.audience = audience;
        this.log = log;
        this.quota = new ReportQuota(ports.cursors(), clock);
    }

    /// What is complained about, as its own network names it.
    private record Case(NativeId person, Optional<NativeId> about) {}

    /// One complaint about the same thing from a network is handed on, and so many in a day; further ones are told to
    /// the operator only.
    List<Delivery> handOn(Activity.Report report, Instant receivedAt) {
        Network from = report.author().network();
        Optional<Case> found = found(report);
        if (found.isEmpty()) {
            LOG.info("not carried: {} complains about nobody here", report.id());
            return List.of();
        }
        Asking.spare(ports, report.author());
        Case about = found.get();
        Network home = about.person().network();
        ports.complaints()
                .heard(new Complaints.Complaint(
                        name(from, about).value(),
                        from,
                        about.person(),
                        about.about(),
                        told(report),
                        receivedAt,
                        receivedAt,
                        Complaints.State.OPEN,
                        ""));
        LOG.warn(
                "report from {}: {} {}: {}", from, about.person(), about.about().orElse(about.person()), told(report));
        NativeId speaker = Ghost.botOrigin(from);
        var handed = new Activity.Report(
                name(from, about), speaker, report.at(), about.person(), about.about(), report.reason());
        boolean known = ports.ledger().copy(handed.id(), home).isPresent();
        if (home.equals(Network.BRIDGE) || known || !connectors.has(home)) {
            return List.of();
        }
        Optional<String> refusal = quota.refusal(from, source(report), handed.id());
        if (refusal.isPresent()) {
            log.note(handed, home, Crossings.State.SKIPPED, refusal.get(), receivedAt);
            return List.of();
        }
        return DeliveryPlanner.plan(handed, speaker, audience.ofNamed(handed, speaker, home), receivedAt);
    }

    /// The server somebody complains from, or themselves where people have none.
    private String source(Activity.Report report) {
        NativeId author = report.author();
        return connectors.get(author.network()).home(author.value()).orElse(author.value());
    }

    /// Only what stands here for somebody elsewhere; natives are looked after where they are.
    private Optional<Case> found(Activity.Report report) {
        Optional<Ledger.Original> object =
                report.about().map(resolver::originalOf).flatMap(ports.ledger()::original);
        NativeId named = resolver.originOf(report.target());
        NativeId person = named.equals(report.target())
                ? object.map(Ledger.Original::author).orElse(named)
                : named;
        if (person.network().equals(report.author().network())) {
            return Optional.empty();
        }
        return Optional.of(new Case(
                person,
                object.filter(o -> o.author().equals(person)).map(o -> o.ref().id())));
    }

    /// Says nothing about who complained, and is the same for everybody who complains about the same.
    private static NativeId name(Network from, Case about) {
        String what = from + " " + about.person().key() + " "
                + about.about().map(NativeId::key).orElse("");
        return new NativeId(Network.BRIDGE, "report:" + UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8)));
    }

    private static String told(Activity.Report report) {
        String words = report.reason().replaceAll("\\p{Cntrl}+", " ").strip();
        return words.length() > LOGGED ? words.substring(0, LOGGED) : words;
    }
}
