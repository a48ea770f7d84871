using PluginHost.Checkpoints;

namespace PluginHost;

/// <summary>Collects the components that plugins offer by name.</summary>
public interface ICatalog
{
    /// <summary>Offers a component under a name that pipelines use in <c>use:</c>.</summary>
    /// <typeparam name="TComponent">
    /// The kind: <see cref="ITokenizer"/>, <see cref="Backbone"/>, <see cref="Head"/>, <see cref="IObjective"/>,
    /// <see cref="IDataSource"/>, <see cref="IInputFormat"/>, <see cref="IMetric"/>, <see cref="ITool"/>,
    /// <see cref="Checkpoints.ICheckpointLayout"/>, <see cref="IOptimizerFactory"/>, <see cref="ISchedule"/>,
    /// <see cref="IRunObserver"/> or <see cref="IDecoder"/>.
    /// </typeparam>
    /// <typeparam name="TOptions">
    /// A plain class with a parameterless constructor. Its settable public properties are the options; initial values are
    /// the defaults; <c>System.ComponentModel.DataAnnotations</c> attributes are the limits;
    /// <c>[Description]</c> is the help text. A property of type <see cref="ComponentSpec"/> nests another component.
    /// </typeparam>
    /// <param name="name">Lower case words joined by hyphens, unique within the kind. A tool's name is one word or "noun verb".</param>
    /// <param name="create">Builds the component from bound and validated options.</param>
    /// <param name="summary">One sentence for <c>host plugins list</c>.</param>
    void Add<TComponent, TOptions>(string name, Func<TOptions, BuildContext, TComponent> create, string summary)
        where TComponent : class
        where TOptions : class, new();

    /// <summary>
    /// Says that one of this plugin's components is what its kind means where a pipeline names none: the optimizer and the schedule
    /// of <c>train:</c>. Where two plugins say so, pipelines have to name one.
    /// </summary>
    /// <typeparam name="TComponent">The kind.</typeparam>
    /// <param name="name">A name this plugin has added.</param>
    void MakeDefault<TComponent>(string name) where TComponent : class { }
}
