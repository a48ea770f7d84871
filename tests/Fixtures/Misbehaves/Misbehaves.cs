using System.ComponentModel;
using PluginHost;
using PluginHost.Fixtures;

[assembly: Plugin(typeof(Misbehaves))]

namespace PluginHost.Fixtures;

/// <summary>Components that are built well, and break one rule of the contract each while they work.</summary>
public sealed class Misbehaves : IPlugin
{
    public void Register(ICatalog catalog)
    {
        catalog.Add<ITokenizer, Options<EncodingFault>>("bad-tok", (o, _) => new BadTokenizer(o.Fault), "A letter a token.");
        catalog.Add<IDataSource, Options<DataFault>>("bad-data", (o, _) => new BadData(o.Fault), "A dozen sequences.");
        catalog.Add<Backbone, Options<NetFault>>("bad-net", (o, _) => new BadNet(o.Fault), "An embedding and a layer.");
        catalog.Add<Head, Options<HeadFault>>("bad-head", (o, _) => new BadHead(o.Fault), "A mean and a layer.");
        catalog.Add<IObjective, Options<TaskFault>>("bad-task", (o, _) => new BadTask(o.Fault), "Whether there is more A than T.");
        catalog.Add<ITool, Options<Act>>("bad act", (o, _) => new BadTool(o.Fault), "Does what it should not.");
    }
}

/// <summary>What a component does wrong.</summary>
public sealed class Options<T> where T : struct, Enum
{
    [Description("What it does wrong.")]
    public T Fault { get; set; }
}
