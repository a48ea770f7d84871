using PluginHost;
using SignalTrack;

[assembly: Plugin(typeof(SignalPlugin))]

namespace SignalTrack;

/// <summary>The DLL's table of contents.</summary>
public sealed class SignalPlugin : IPlugin
{
    public void Register(ICatalog catalog)
    {
        catalog.Add<IDataSource, SignalSourceOptions>("signal", (options, context) => new SignalSource(
                options, context.Build<IDataSource>(options.Data!), context.ResolvePath(options.Track)),
            "Sequences of any source that knows their places, with a number for each base from a bedGraph or wig track.");
        catalog.Add<IObjective, SignalOptions>("signal-regression", (options, _) => new SignalObjective(options),
            "A number for every base, by squared error, with any tokenizer: conservation, coverage, accessibility.");
        catalog.Add<Head, SignalHeadOptions>("signal-head", (options, context) => new SignalHead(options, context.Backbone),
            "Dropout and a linear layer that gives each token a number.");
    }
}
