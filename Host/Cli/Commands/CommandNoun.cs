namespace PluginHost.Host.Cli.Commands;

/// <summary>What the commands under one noun have in common, for the help.</summary>
/// <param name="Name">The first word of their names.</param>
/// <param name="Summary">One line.</param>
public sealed record CommandNoun(string Name, string Summary);
