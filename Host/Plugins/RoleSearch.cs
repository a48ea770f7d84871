using System.Text.Json;

namespace PluginHost.Host.Plugins;

/// <summary>
/// Finds the data source that plays a part for the host, by what its options class implements: whoever offers it, under whatever name.
/// </summary>
public static class RoleSearch
{
    /// <summary>The source of the first plugin that offers such a one.</summary>
    /// <param name="offered">What is on offer, in the order it was made.</param>
    /// <param name="role">The interface of the options.</param>
    /// <param name="what">What the source does, for the message: "divides another into folds".</param>
    /// <exception cref="UsageException">There is none.</exception>
    public static string Source(IEnumerable<ComponentInfo> offered, Type role, string what) =>
        offered.FirstOrDefault(c => c.Kind == typeof(IDataSource) && c.Options.IsAssignableTo(role))?.Name
        ?? throw new UsageException($"No plugin offers a data source that {what}; are the plugins built, or is --plugins missing?");

    /// <summary>An option of such a source as a pipeline writes it.</summary>
    public static string Option(string property) => JsonNamingPolicy.CamelCase.ConvertName(property);
}
