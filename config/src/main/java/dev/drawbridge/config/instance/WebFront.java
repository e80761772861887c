package dev.drawbridge.config.instance;

import dev.drawbridge.config.http.CallReader;
import dev.drawbridge.config.http.EndpointTable;
import dev.drawbridge.config.http.Gate;
import dev.drawbridge.config.http.TrustedProxies;
import dev.drawbridge.config.settings.Settings;
import dev.drawbridge.config.settings.Version;
import dev.drawbridge.console.AccountPages;
import dev.drawbridge.console.Callers;
import dev.drawbridge.console.ConsoleAccess;
import dev.drawbridge.console.ConsoleInfo;
import dev.drawbridge.console.EngineRoom;
import dev.drawbridge.console.LivePages;
import dev.drawbridge.console.OperatorDoor;
import dev.drawbridge.console.OperatorPages;
import dev.drawbridge.console.PageTexts;
import dev.drawbridge.console.PostTexts;
import dev.drawbridge.engine.Accounts;
import dev.drawbridge.engine.Connectors;
import dev.drawbridge.engine.DeadLetterDesk;
import dev.drawbridge.engine.Examiner;
import dev.drawbridge.engine.HostStates;
import dev.drawbridge.engine.InstanceStatus;
import dev.drawbridge.engine.LiveRules;
import dev.drawbridge.engine.Lookup;
import dev.drawbridge.engine.Mirrors;
import dev.drawbridge.engine.MyAccount;
import dev.drawbridge.engine.Ports;
import dev.drawbridge.engine.PublicPosts;
import dev.drawbridge.engine.SignIns;
import dev.drawbridge.engine.Terms;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.spi.Endpoint;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/// The web server with the connectors' endpoints, the pages and the operator's look inside.
final class WebFront implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.drawbridge.start");
    private final ServletWebServerApplicationContext context;

    private WebFront(ServletWebServerApplicationContext context) {
        this.context = context;
    }

    /// @param moving what the pages and the operator need of the routes
    /// @param behind closed when the server has stopped, by whomever
    /// @throws StartFailure if the port is taken
    static WebFront start(Settings settings, Parts parts, Additions additions, Moving moving, Runnable behind) {
        var sources = new ArrayList<Class<?>>(List.of(WebApplication.class, OperatorPages.class, AccountPages.class));
        if (settings.loopback()) {
            sources.add(LivePages.class);
        }
        try {
            var context = new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                    .web(WebApplicationType.SERVLET)
                    .properties(properties(settings))
                    .initializers(
                            c -> register((GenericApplicationContext) c, settings, parts, additions, moving, behind))
                    .run();
            return new WebFront((ServletWebServerApplicationContext) context);
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof PortInUseException taken) {
                    throw new StartFailure("port " + taken.getPort() + " is taken by another program", e);
                }
            }
            throw e;
        }
    }

    private static void register(
            GenericApplicationContext context,
            Settings settings,
            Parts parts,
            Additions additions,
            Moving moving,
            Runnable behind) {
        var endpoints = new ArrayList<Endpoint>();
        parts.connectors().all().forEach(connector -> endpoints.addAll(connector.endpoints()));
        endpoints.addAll(additions.endpoints());
        var token = OperatorToken.leave(settings.dataDir(), parts.random());
        var examiner = new Examiner(parts.connectors(), parts.clock());
        var room = new EngineRoom(examiner, parts.rotation(), new HostStates(parts.ports(), parts.connectors()));
        context.registerBean(EngineRoom.class, () -> room);
        endpoints.addAll(new EngineRoomApi(room).endpoints(token));
        endpoints.add(SelfExamination.endpoint(examiner, token));
        endpoints.addAll(operatorApi(parts, moving).endpoints(token));
        endpoints.addAll(accounts(settings, parts, moving).endpoints(token));
        endpoints.addAll(new RuleDesk(moving.clerk()).endpoints(token));
        var letters =
                new DeadLetterDesk(parts.ports().deadLetters(), moving.inbox(), moving.outbox(), parts.connectors());
        endpoints.addAll(new DeadLetterApi(letters).endpoints(token));
        endpoints.add(new KeyDesk(parts.ports().identities(), parts.connectors()).endpoint(token));
        var door = door(settings, parts, additions.clock());
        endpoints.addAll(new OperatorsApi(door).endpoints(token));
        var reader = new CallReader(settings.baseUrl(), new TrustedProxies(settings.trustedProxies()));
        context.registerBean(EndpointTable.class, () -> new EndpointTable(endpoints));
        context.registerBean(CallReader.class, () -> reader);
        context.registerBean(Gate.class, Gate::new);
        parts(context, parts, additions);
        pages(context, settings, parts, moving, reader);
        context.registerBean(ConsoleAccess.class, () -> console(settings, parts, moving, letters, door));
        context.registerBean(Behind.class, () -> new Behind(behind));
        context.registerBean(
                ConsoleInfo.class,
                () -> new ConsoleInfo(settings.domain(), Version.current(), settings.contact(), settings.loopback()));
    }

    private static void parts(GenericApplicationContext context, Parts parts, Additions additions) {
        context.registerBean(Parts.class, () -> parts, definition -> definition.setDestroyMethodName(null));
        context.registerBean(Ports.class, parts::ports);
        context.registerBean(Connectors.class, parts::connectors);
        context.registerBean(PostTexts.class, additions::texts);
    }

    private static Terms terms(Settings settings, Parts parts) {
        return new Terms(ConsentPolicy.optIn(), settings.gates(), new Mirrors(), parts.rules());
    }

    /// Whatever looks like an account of a network has a page there.
    private static OperatorApi operatorApi(Parts parts, Moving moving) {
        return new OperatorApi(
                parts.ports(),
                parts.connectors().networks(),
                id -> parts.connectors().get(id.network()).actorPage(id).isPresent(),
                moving.inbox(),
                parts.clock());
    }

    private static AccountDesk accounts(Settings settings, Parts parts, Moving moving) {
        return new AccountDesk(
                people(settings, parts, moving), parts.connectors().networks());
    }

    private static MyAccount people(Settings settings, Parts parts, Moving moving) {
        return new MyAccount(
                parts.ports(),
                parts.connectors(),
                terms(settings, parts),
                moving.inbox(),
                parts.clock(),
                parts.random());
    }

    /// What the pages show.
    private static void pages(
            GenericApplicationContext context, Settings settings, Parts parts, Moving moving, CallReader reader) {
        var terms = terms(settings, parts);
        var lookup = new Lookup(parts.ports(), parts.connectors(), terms, parts.clock());
        context.registerBean(Lookup.class, () -> lookup);
        context.registerBean(
                PublicPosts.class, () -> new PublicPosts(parts.ports(), parts.connectors(), lookup, parts.clock()));
        context.registerBean(
                InstanceStatus.class,
                () -> new InstanceStatus(parts.ports(), parts.connectors(), moving.depths(), parts.clock()));
        context.registerBean(Callers.class, () -> reader::remote);
        context.registerBean(SignIns.class, moving::signIns);
        context.registerBean(MyAccount.class, () -> people(settings, parts, moving));
        context.registerBean(
                AccountPages.Access.class,
                () -> new AccountPages.Access(settings.baseUrl(), parts.random(), parts.clock()));
        context.registerBean(
                PageTexts.class, () -> new PageTexts(settings.privacy(), settings.age(), () -> denied(parts.rules())));
    }

    private static List<PageTexts.Denied> denied(LiveRules rules) {
        return rules.domains().stream()
                .map(rule -> new PageTexts.Denied(rule.subject().value(), rule.reason()))
                .toList();
    }

    /// The operator's way in. While there is none, the log says how to become one.
    private static OperatorDoor door(Settings settings, Parts parts, InstantSource clock) {
        var door = new OperatorDoor(parts.store().operators(), settings.baseUrl(), parts.random(), clock);
        door.invitation()
                .ifPresent(
                        link -> LOG.info("nobody runs the console yet; whoever opens this link once, does: {}", link));
        return door;
    }

    /// What the operator's pages work with.
    private static ConsoleAccess console(
            Settings settings, Parts parts, Moving moving, DeadLetterDesk letters, OperatorDoor door) {
        return new ConsoleAccess(
                door,
                parts.store().operators(),
                parts.ports(),
                new Accounts(parts.ports().consents()),
                letters,
                moving.inbox(),
                parts.random(),
                parts.clock(),
                parts.provider(),
                ShownSettings.of(settings));
    }

    private static Map<String, Object> properties(Settings settings) {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("server.port", settings.port());
        settings.address().ifPresent(address -> properties.put("server.address", address));
        properties.put("server.shutdown", "graceful");
        // Servers that bring much keep their connection: closing it after a hundred requests costs both a handshake.
        properties.put("server.tomcat.max-keep-alive-requests", -1);
        // TLS ends in front of us: a redirect that names a scheme would name the wrong one.
        properties.put("server.tomcat.use-relative-redirects", true);
        properties.put("spring.lifecycle.timeout-per-shutdown-phase", "5s");
        properties.put("spring.threads.virtual.enabled", true);
        properties.put("spring.main.banner-mode", "off");
        properties.put("spring.main.log-startup-info", false);
        properties.put("spring.application.name", Settings.SOFTWARE);
        // Settings come from one file, named on the command line, and from nowhere else.
        properties.put("spring.config.location", "optional:classpath:/dev/drawbridge/config/nothing/");
        properties.put("spring.web.resources.add-mappings", false);
        // Nothing here rewrites addresses in pages or listens to what was handled: both would cost every request.
        properties.put("spring.web.resources.chain.enabled", false);
        properties.put("spring.mvc.publish-request-handled-events", false);
        properties.put("spring.web.error.whitelabel.enabled", false);
        properties.put("spring.servlet.multipart.enabled", false);
        properties.put("spring.mvc.formcontent.filter.enabled", false);
        properties.put("management.endpoints.web.exposure.include", "health,prometheus");
        properties.put("management.endpoints.web.discovery.enabled", false);
        // Every request would be timed, the same way whatever it is for: a tenth of what accepting one costs.
        properties.put("management.observations.enable.http.server.requests", false);
        properties.put("management.endpoint.health.probes.enabled", true);
        properties.put("management.endpoint.health.group.readiness.include", "readinessState,gateHealth");
        properties.put("management.endpoint.health.show-details", settings.loopback() ? "always" : "never");
        properties.putAll(settings.spring());
        return properties;
    }

    int port() {
        return Objects.requireNonNull(context.getWebServer()).getPort();
    }

    Gate gate() {
        return context.getBean(Gate.class);
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    @Override
    public void close() {
        context.close();
    }

    /// What stops after the server.
    record Behind(Runnable stop) {}
}
