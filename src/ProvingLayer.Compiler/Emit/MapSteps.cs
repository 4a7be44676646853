using System.Collections.Immutable;
using System.Globalization;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Compiler.Emit;

/// <summary>
/// What a function asks and tells of its maps, as outputs of its circuit and a list in the ABI: so a run needs no interpreter to find the witnesses that it has
/// to be given. Outputs are names of cells, so the circuit's tables and keys are the same with them.
/// </summary>
/// <param name="Steps">The list.</param>
/// <param name="Outputs">The outputs, which follow the function's own.</param>
internal sealed record MapSteps(ImmutableArray<AbiMapStep> Steps, ImmutableArray<IrOutput> Outputs)
{
    /// <summary>The steps of a function.</summary>
    public static MapSteps Of(IrFunction function)
    {
        var steps = ImmutableArray.CreateBuilder<AbiMapStep>();
        var outputs = ImmutableArray.CreateBuilder<IrOutput>();
        var openings = new Dictionary<int, int>(); // by access
        foreach (var instruction in function.Instructions)
        {
            var (step, first) = (steps.Count, function.Outputs.Length + outputs.Count);
            if (instruction.Op is IrAsk ask)
            {
                var access = function.Accesses[ask.Access];
                var hasValue = !access.Values.IsEmpty;
                openings.Add(ask.Access, step);
                Add(step, "root", ask.Root, ScalarLayout.Digest);
                AddAll(step, "key", ask.Key, access.Shape.Key);
                steps.Add(new(KindOf(access), access.Map, access.Shape, step, hasValue ? access.Values[0] : access.Siblings[0], first));
            }
            else if (instruction.Op is IrTell tell)
            {
                var access = function.Accesses[tell.Access];
                Add(step, "before", tell.Before, ScalarLayout.Digest);
                if (tell.Value is { } value)
                    AddAll(step, "value", value, access.Shape.Value);
                Add(step, "after", tell.After, ScalarLayout.Digest);
                steps.Add(new(tell.Value is null ? AbiMapStepKind.Remove : AbiMapStepKind.Put, access.Map, access.Shape, openings[tell.Access], 0, first));
            }
        }

        return new(steps.ToImmutable(), outputs.ToImmutable());

        void AddAll(int step, string name, ImmutableArray<IrValue> values, ImmutableArray<ScalarLayout> layouts)
        {
            for (var i = 0; i < values.Length; i++)
                Add(step, string.Create(CultureInfo.InvariantCulture, $"{name}.{i}"), values[i], layouts[i]);
        }

        void Add(int step, string name, IrValue value, ScalarLayout layout) => outputs.Add(new(
            string.Create(CultureInfo.InvariantCulture, $"maps.steps.{step}.{name}"), IrOutputRole.Map, value, layout, layout.Kind switch
            {
                ScalarKind.Digest => ScalarFormat.Digest,
                ScalarKind.Boolean => ScalarFormat.Boolean,
                _ => ScalarFormat.Integer,
            }));
    }

    // An access without values opens a key that must not be there, unless the map's values have no scalars: then the two are one to whoever gives the witness.
    private static AbiMapStepKind KindOf(IrMapAccess access) => access.IsOptional ? AbiMapStepKind.Find : access.Values.IsEmpty && !access.Shape.Value.IsEmpty ? AbiMapStepKind.OpenEmpty : AbiMapStepKind.Open;
}
