using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost;
using PluginHost.Fixtures;

[assembly: Plugin(typeof(Greeter))]

namespace PluginHost.Fixtures;

/// <summary>Brings commands along.</summary>
public sealed class Greeter : IPlugin
{
    public void Register(ICatalog catalog)
    {
        catalog.Add<ITool, GreetOptions>("people greet", (options, context) => new GreetTool(options, context), "Greets people.");
        catalog.Add<ITool, WaitOptions>("people wait", (options, _) => new WaitTool(options), "Waits for people.");
    }
}

/// <summary>What the command takes.</summary>
public sealed class GreetOptions
{
    [Description("Who.")]
    [Required]
    public string? Name { get; set; }

    [Description("How often.")]
    [Range(1, 3)]
    public int Times { get; set; } = 1;

    [Description("Loudly.")]
    public bool Shout { get; set; }

    [Description("Also these.")]
    public IReadOnlyList<string> AndAlso { get; set; } = [];

    [Description("A figure to mention.")]
    public ComponentSpec? Figure { get; set; }
}

internal sealed class GreetTool(GreetOptions options, BuildContext context) : ITool
{
    public Task<int> RunAsync(ToolContext tool, CancellationToken cancellation)
    {
        tool.Say("greeting");
        for (var i = 0; i < options.Times; i++)
            foreach (var name in options.AndAlso.Prepend(options.Name!))
                tool.Output.WriteLine(options.Shout ? $"HELLO {name.ToUpperInvariant()}" : $"hello {name}");
        if (options.Figure is { } figure) tool.Output.WriteLine($"higher is better: {context.Build<IMetric>(figure).HigherIsBetter}");
        return Task.FromResult(0);
    }
}

/// <summary>What the waiting command takes.</summary>
public sealed class WaitOptions
{
    [Description("Pays no attention to being asked to stop.")]
    public bool Stubborn { get; set; }
}

internal sealed class WaitTool(WaitOptions options) : ITool
{
    public async Task<int> RunAsync(ToolContext tool, CancellationToken cancellation)
    {
        tool.Output.WriteLine("waiting");
        tool.Output.Flush();
        await Task.Delay(TimeSpan.FromMinutes(1), options.Stubborn ? CancellationToken.None : cancellation);
        return 0;
    }
}
