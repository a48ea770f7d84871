namespace PluginHost.Host.Cli.Commands.Doctor;

/// <summary>A group of things the doctor looks at. The host scans its assembly for these.</summary>
internal interface IExamination
{
    /// <summary>Where it stands in the report: small numbers first.</summary>
    int Order { get; }

    /// <summary>Looks.</summary>
    IEnumerable<Finding> Look();
}
