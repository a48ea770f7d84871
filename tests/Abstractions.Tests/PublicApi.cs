using System.Reflection;
using System.Text;

namespace PluginHost.Abstractions.Tests;

/// <summary>The public surface of an assembly as text: a line for each type and member that another assembly can use.</summary>
internal static class PublicApi
{
    private const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
    private static readonly NullabilityInfoContext nullability = new();

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(Declaration(type)).Append('\n');
            foreach (var member in Members(type).Order(StringComparer.Ordinal)) text.Append("    ").Append(member).Append('\n');
        }
        return text.ToString();
    }

    private static string Declaration(Type type)
    {
        var kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : "class";
        var modifier = type.IsAbstract && type.IsSealed ? "static " : type.IsAbstract && !type.IsInterface ? "abstract " : type.IsSealed && type.IsClass ? "sealed " : "";
        var bases = type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []).Where(i => i.IsPublic && i.Namespace != "System.Numerics").Select(Name).Order(StringComparer.Ordinal).ToList();
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum)) bases.Insert(0, Name(parent));
        if (type.IsEnum) bases = [];
        return $"{modifier}{kind} {Name(type)}" + (bases.Count > 0 ? $" : {string.Join(", ", bases)}" : "");
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return Enum.GetNames(type).Select(n => $"{n} = {Convert.ToInt64(Enum.Parse(type, n), System.Globalization.CultureInfo.InvariantCulture)}");
        var fields = type.GetFields(all).Where(f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly).Select(f => $"{(f.IsLiteral ? "const " : f.IsStatic ? "static " : "")}{Name(f.FieldType)} {f.Name}{(f.IsLiteral ? " = " + f.GetRawConstantValue() : "")}");
        var constructors = type.GetConstructors(all).Where(Visible).Select(c => $"new({Parameters(c)})");
        var properties = type.GetProperties(all).Where(p => p.GetAccessors(true).Any(Visible)).Select(Property);
        var methods = type.GetMethods(all).Where(m => Visible(m) && !m.IsSpecialName && !m.Name.Contains('<') && !IsRecordPlumbing(m)).Select(Method);
        return fields.Concat(constructors).Concat(properties).Concat(methods);
    }

    private static bool Visible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsRecordPlumbing(MethodInfo method) =>
        method.Name is "PrintMembers" or "GetHashCode" or "Equals" or "ToString" or "Deconstruct";

    private static string Property(PropertyInfo property)
    {
        var get = property.GetMethod is { } g && Visible(g) ? "get; " : "";
        var set = property.SetMethod is { } s && Visible(s) ? s.ReturnParameter.GetRequiredCustomModifiers().Length > 0 ? "init; " : "set; " : "";
        var index = property.GetIndexParameters() is { Length: > 0 } at ? $"[{string.Join(", ", at.Select(Parameter))}]" : "";
        var nullable = nullability.Create(property).ReadState == NullabilityState.Nullable && !property.PropertyType.IsValueType ? "?" : "";
        return $"{Modifiers(property.GetAccessors(true)[0])}{Name(property.PropertyType)}{nullable} {property.Name}{index} {{ {get}{set}}}";
    }

    private static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>" : "";
        var nullable = nullability.Create(method.ReturnParameter).ReadState == NullabilityState.Nullable && !method.ReturnType.IsValueType ? "?" : "";
        return $"{Modifiers(method)}{Name(method.ReturnType)}{nullable} {method.Name}{generic}({Parameters(method)})";
    }

    private static string Modifiers(MethodBase method)
    {
        var reach = method.IsPublic ? "" : "protected ";
        if (method.IsStatic) return reach + "static ";
        if (method.DeclaringType!.IsInterface) return method.IsAbstract ? "" : "default ";
        if (method.IsAbstract) return reach + "abstract ";
        var isOverride = method is MethodInfo m && m.GetBaseDefinition() != m;
        return reach + (isOverride ? "override " : method.IsVirtual && !method.IsFinal ? "virtual " : "");
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var way = parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? "ref " : "";
        var type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        var nullable = nullability.Create(parameter).WriteState == NullabilityState.Nullable && !type.IsValueType ? "?" : "";
        var usual = parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "null"}" : "";
        return $"{way}{Name(type)}{nullable} {parameter.Name}{usual}";
    }

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value) return Name(value) + "?";
        if (type.IsArray) return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        var name = type.IsNested && !type.IsGenericParameter ? $"{Name(type.DeclaringType!)}.{type.Name}" : type.Name;
        var tick = name.IndexOf('`');
        return tick < 0 ? name : $"{name[..tick]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
