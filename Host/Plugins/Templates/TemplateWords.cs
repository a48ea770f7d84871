using System.Security;
using System.Text.Json;

namespace PluginHost.Host.Plugins.Templates;

/// <summary>The words of a template that a new plugin has its own for.</summary>
/// <param name="name">The plugin's name.</param>
/// <param name="host">Full path of the host's folder.</param>
internal sealed class TemplateWords(string name, string host)
{
    private readonly string component = PluginName.Component(name);

    /// <summary>A path.</summary>
    public string In(string path) => path.Replace("MyPlugin", name, StringComparison.Ordinal);

    /// <summary>A file's text. The host's path goes last: whatever words it has stay.</summary>
    public string In(string path, string text) => In(text).Replace("my-plugin", component, StringComparison.Ordinal)
        .Replace("/path/of/the/host", Written(path), StringComparison.Ordinal);

    private string Written(string path) => Path.GetExtension(path) switch
    {
        ".json" => JsonEncodedText.Encode(host).ToString(),
        ".props" or ".csproj" => SecurityElement.Escape(host),
        _ => host,
    };
}
