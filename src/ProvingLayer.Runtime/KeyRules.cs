using System.Collections.Immutable;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Stark.Keys;

namespace ProvingLayer.Runtime;

/// <summary>
/// What must hold between the parts of a key, whatever file it comes from: after that, verifying cannot meet a statement that it has no place for.
/// </summary>
internal static class KeyRules
{
    /// <summary>The public field that names the program.</summary>
    public const string ProgramId = "programId";

    /// <summary>The public field that names a machine's transition, by its index.</summary>
    public const string Transition = "transition";

    /// <summary>The first rule that is broken, or null.</summary>
    public static string? FaultOf(Abi abi, ImmutableArray<VerifyingKey> keys, VerifyingKey? history)
    {
        if (keys.Length == 0 || keys.Length != abi.Functions.Length)
        {
            return "it has not one key for each transition";
        }

        if (abi.IsMachine && history is not { IsHistory: true })
        {
            return "it has no key for histories";
        }

        if (history is not null && history.Circuits != keys.Length)
        {
            return "its key for histories has not one circuit for each transition";
        }

        if (keys.Any(key => key.IsHistory))
        {
            return "a transition's key is one of histories";
        }

        if (keys.Any(key => key.Profile != keys[0].Profile) || (history ?? keys[0]).Profile != keys[0].Profile)
        {
            return "its keys are of several profiles";
        }

        if (keys.Any(key => key.IsHiding != keys[0].IsHiding) || (history ?? keys[0]).IsHiding != keys[0].IsHiding)
        {
            return "some of its keys are hiding and some transparent";
        }

        if (abi.Functions.Select(function => function.Name).Distinct(StringComparer.Ordinal).Count() != abi.Functions.Length)
        {
            return "two transitions have one name";
        }

        for (var i = 0; i < keys.Length; i++)
        {
            if (FaultOf(abi.Functions[i], abi.IsMachine) is { } fault)
            {
                return $"{abi.Functions[i].Name}: {fault}";
            }

            if (abi.Functions[i].Publics.Sum(field => field.Type.Layout.Limbs) != keys[i].PublicCount)
            {
                return $"{abi.Functions[i].Name}: the statement has not as many values as the key";
            }
        }

        // What a history's statement is made of, transition by transition.
        foreach (var function in abi.IsMachine ? abi.Functions : [])
        {
            foreach (var (name, kind) in HistoryFields)
            {
                if (function.Publics.FirstOrDefault(field => field.Name == name)?.Type.Kind != kind || (name.EndsWith("Digest", StringComparison.Ordinal) && function.Digests.All(digest => digest.Name != name)))
                {
                    return $"{function.Name}: the statement has no {name}";
                }
            }
        }

        return null;
    }

    private static readonly ImmutableArray<(string Name, ScalarKind Kind)> HistoryFields =
    [
        ("preRoot", ScalarKind.Digest), ("postRoot", ScalarKind.Digest), ("argumentsDigest", ScalarKind.Digest), ("flowsDigest", ScalarKind.Digest),
        ("eventsDigest", ScalarKind.Digest), ("notBefore", ScalarKind.Integer), ("notAfter", ScalarKind.Integer),
    ];

    private static string? FaultOf(AbiFunction function, bool isMachine)
    {
        var paths = function.Inputs.Select(input => input.Name).Concat(function.Outputs.Select(output => output.Name).Except(function.Inputs.Select(input => input.Name), StringComparer.Ordinal));
        var types = new Dictionary<string, AbiScalar>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            var type = function.FindInput(path)?.Type ?? function.Outputs.First(output => output.Name == path).Type;
            if (!types.TryAdd(path, type))
            {
                return $"{path} stands there twice";
            }
        }

        var publics = function.Publics.Select(field => field.Name).ToList();
        if (publics.Distinct(StringComparer.Ordinal).Count() != publics.Count)
        {
            return "two fields of the statement have one name";
        }

        if (function.Publics.FirstOrDefault() is not { Name: ProgramId, Type.Kind: ScalarKind.Digest })
        {
            return "the statement does not begin with the program's id";
        }

        if (isMachine && !function.Publics.Any(field => field is { Name: Transition, Type.Kind: ScalarKind.Integer }))
        {
            return "the statement does not name the transition";
        }

        foreach (var digest in function.Digests)
        {
            if (!function.Publics.Any(field => field.Name == digest.Name && field.Type.Kind == ScalarKind.Digest))
            {
                return $"{digest.Name} is no digest of the statement";
            }

            foreach (var part in digest.Parts)
            {
                if (!types.TryGetValue(part.Path, out var type)
                    || (part.Constant is { } constant
                        ? type.Kind != ScalarKind.Boolean || constant.Kind != part.Layout.Kind || (constant.Kind == ScalarKind.Integer && !part.Layout.Interval.Contains(constant.Number))
                        : type.Layout != part.Layout))
                {
                    return $"{digest.Name} has a part, {part.Path}, that cannot be opened";
                }
            }
        }

        foreach (var type in types.Values.Concat(function.Publics.Select(field => field.Type)))
        {
            if (type.Kind == ScalarKind.Integer && !(type.Layout.Interval.Contains(type.Interval.Low) && type.Layout.Interval.Contains(type.Interval.High)))
            {
                return "a number's limbs do not hold its interval";
            }
        }

        return null;
    }
}
