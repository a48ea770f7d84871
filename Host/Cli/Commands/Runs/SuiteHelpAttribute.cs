using System.ComponentModel;
using PluginHost.Host.Apps.Benchmarks;

namespace PluginHost.Host.Cli.Commands.Runs;

/// <summary>The help of <c>--suite</c>, which names the suites that lie beside the host.</summary>
internal sealed class SuiteHelpAttribute : DescriptionAttribute
{
    public override string Description =>
        $"The suite: {string.Join(", ", SuiteFiles.Names)} (every data set found), or a .json file of your own.";
}
