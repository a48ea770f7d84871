if (PluginHost.Host.Cli.DescriptorLimit.IsTooLow()) return PluginHost.Host.Cli.DescriptorLimit.ExitCode;
var code = await PluginHost.Host.Cli.HostProgram.RunAsync(args);
// A thread that a plugin left behind would hold a process that only returns.
PluginHost.Host.Cli.ProcessEnd.With(code);
return code;
