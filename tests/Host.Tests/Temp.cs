global using PluginHost.Host.Foundation;
global using PluginHost.Host.Records;
global using PluginHost.Host.Cli.Commands;
global using PluginHost.Host.Cli;
