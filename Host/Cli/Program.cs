if (PluginHost.Host.Cli.DescriptorLimit.TooLow() is { } problem)
{
    Console.Error.WriteLine($"host: {problem}");
    return PluginHost.ExitCodes.Resources;
}
return await PluginHost.Host.Cli.HostProgram.RunAsync(args);
