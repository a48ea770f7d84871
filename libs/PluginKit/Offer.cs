namespace PluginHost.PluginKit;

/// <summary>A component that a plugin put into the catalog.</summary>
/// <param name="Kind">The component kind.</param>
/// <param name="Name">Its name.</param>
/// <param name="Options">Its options class.</param>
/// <param name="Summary">Its one sentence.</param>
/// <param name="Create">Builds it from options.</param>
public sealed record Offer(Type Kind, string Name, Type Options, string Summary, Func<object, BuildContext, object> Create);
