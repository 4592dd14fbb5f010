package dev.weir.connector;

/** What the parts of a source may use. */
public interface SourceContext extends ConnectorContext {}
