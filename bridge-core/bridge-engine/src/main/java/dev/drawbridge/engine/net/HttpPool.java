package dev.drawbridge.engine.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/// The connections, and a client that does what it is told: no redirects, cookies, retries or decompression of its own.
final class HttpPool implements AutoCloseable {
    private static final int MAX_HEADERS = 200;
    private static final int MAX_LINE_BYTES = 16_384;

    private final CloseableHttpClient client;

    HttpPool(NetSettings settings, AddressGuard guard, SSLContext tls) {
        this.client = HttpClients.custom()
                .setConnectionManager(connections(settings, guard, tls))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setProtocolUpgradeEnabled(false)
                        .setConnectionKeepAlive(TimeValue.ofSeconds(20))
                        .build())
                .setUserAgent(settings.userAgent())
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableContentCompression()
                .evictExpiredConnections()
                .evictIdleConnections(TimeValue.ofSeconds(30))
                .build();
    }

    /// The answer with an open body. Whoever gets it closes it.
    ClassicHttpResponse open(HttpUriRequestBase request, Timeout timeout) throws IOException {
        request.setConfig(RequestConfig.custom()
                .setProtocolUpgradeEnabled(false)
                .setConnectionKeepAlive(TimeValue.ofSeconds(20))
                .setConnectionRequestTimeout(timeout)
                .setResponseTimeout(timeout)
                .build());
        return client.executeOpen(null, request, null);
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }

    private static PoolingHttpClientConnectionManager connections(
            NetSettings settings, AddressGuard guard, SSLContext tls) {
        var limits = Http1Config.custom()
                .setMaxHeaderCount(MAX_HEADERS)
                .setMaxLineLength(MAX_LINE_BYTES)
                .setMaxEmptyLineCount(8)
                .build();
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(limits)
                        .build())
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
                .setDnsResolver(new GuardedResolver(guard))
                .setMaxConnPerRoute(settings.connectionsPerHost())
                .setMaxConnTotal(settings.connections())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .setTimeToLive(TimeValue.ofMinutes(5))
                        .build())
                .build();
    }

    /// The client connects to exactly the addresses this returns, so a name cannot change its meaning in between.
    private record GuardedResolver(AddressGuard guard) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return guard.resolve(host);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
