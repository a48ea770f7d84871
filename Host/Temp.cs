global using PluginHost.Host.Foundation;
global using PluginHost.Host.Records;
global using PluginHost.Host.Cli.Commands;

namespace PluginHost.Host.Terminal { internal static class Gone; }
namespace PluginHost.Host.Commands { internal static class Gone; }
namespace PluginHost.Host.Evaluation { internal static class Gone; }
