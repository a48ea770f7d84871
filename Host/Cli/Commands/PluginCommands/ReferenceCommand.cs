using PluginHost.Host.Cli.Terminal;
using PluginHost.Host.Plugins;

namespace PluginHost.Host.Cli.Commands.PluginCommands;

/// <summary>Options of <c>host reference</c>: none.</summary>
[Example("host reference > docs/reference.md")]
[Example("host reference --plugins my-plugins > my-reference.md")]
public sealed class ReferenceOptions;

/// <summary><c>host reference</c>: writes docs/reference.md.</summary>
internal sealed class ReferenceCommand(Lazy<ComponentFactory> components, StandardStreams streams) : HostCommand<ReferenceOptions>(
    "reference", "Prints every key of pipelines and option of components as a page of Markdown.", order: 55)
{
    protected override Task<int> RunAsync(ReferenceOptions options, CancellationToken cancellation)
    {
        streams.Output.Write(ReferencePage.Of(components.Value.Components));
        return Task.FromResult(ExitCodes.Done);
    }
}
