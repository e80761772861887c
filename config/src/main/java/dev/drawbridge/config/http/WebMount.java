package dev.drawbridge.config.http;

import jakarta.servlet.ServletContainerInitializer;
import org.apache.catalina.core.StandardHost;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.apache.tomcat.websocket.server.WsSci;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the connectors' endpoints in front of Spring MVC. Needs an [EndpointTable], a [CallReader] and a
/// [Gate].
@Configuration(proxyBeanMethods = false)
public class WebMount {
    /// What request bodies may hold in memory at one time, all together.
    private static final long BODY_MEMORY = 64L << 20;
    /// How much of a refused body is read and dropped, so that the client sees the answer instead of a broken pipe.
    private static final int MAX_SWALLOWED = 32 << 20;

    @Bean
    SocketMount socketMount() {
        return new SocketMount(SocketMount.Limits.DEFAULT);
    }

    @Bean
    EndpointMapping endpointMapping(EndpointTable table, CallReader reader, SocketMount sockets, Gate gate) {
        return new EndpointMapping(table, reader, sockets, gate, BODY_MEMORY);
    }

    @Bean
    EndpointMapping.Nowhere nowhere(EndpointTable table) {
        return new EndpointMapping.Nowhere(table);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcatForEndpoints() {
        return factory -> {
            factory.addContextCustomizers(context -> {
                ServletContainerInitializer webSocket = new WsSci();
                context.addServletContainerInitializer(webSocket, null);
                if (context.getParent() instanceof StandardHost host) {
                    host.setErrorReportValveClass(LastWord.class.getName());
                }
            });
            factory.addConnectorCustomizers(connector -> {
                // Ids of one network inside paths of another hold encoded slashes.
                connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
                connector.setProperty("maxSwallowSize", Integer.toString(MAX_SWALLOWED));
            });
        };
    }
}
