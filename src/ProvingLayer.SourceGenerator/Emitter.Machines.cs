namespace ProvingLayer.SourceGenerator;

/// <content>Machines.</content>
internal static partial class Emitter
{
    private static void Machine(CodeWriter code, MachineModel machine)
    {
        code.Summary(machine.Documentation, $"The machine {machine.Program}.");
        code.Generated();
        code.Open($"{machine.Access} static partial class {machine.Type}");
        Binding(code, machine.Program, machine.InterfaceHash);
        code.Summary(null, "Loads the compiled machine and generates its keys.");
        code.Line($"/// <param name=\"path\">The artifact's file; null for <c>{machine.Program}.tnart</c> beside the application, where a build puts it.</param>");
        code.Line("/// <param name=\"profile\">The profile of the keys; standard if null.</param>");
        code.Line("/// <returns>The machine, which runs and proves steps.</returns>");
        code.Line($"/// <exception cref=\"{Runtime}.TenorException\">The file cannot be read, or was compiled from other rules than these bindings.</exception>");
        code.Line($"public static {Runtime}.TenorMachine<State> Load(string? path = null, {Profile}? profile = null) => new(Binding, path, profile);");
        code.Line();
        LoadKey(code);
        Maps(code, machine);
        New(code, machine);
        StateOf(code, machine);
        Errors(code, machine.Errors);
        BaseState(code, machine);
        foreach (var state in machine.States)
        {
            State(code, machine, state);
        }

        Events(code, machine);
        foreach (var transition in machine.Transitions)
        {
            StepStatement(code, transition);
        }

        History(code, machine);
        code.Close();
    }

    private static IEnumerable<(FieldModel Field, string Binding)> MapsOf(MachineModel machine) => machine.Data.Where(f => f.Type.MapDepth > 0).Zip(machine.Maps, (f, m) => (f, m));

    private static void Maps(CodeWriter code, MachineModel machine)
    {
        foreach (var (field, binding) in MapsOf(machine))
        {
            var type = $"{Runtime}.Maps.MapBinding{field.Type.Name}";
            code.Summary(null, $"The map {field.Source}: its keys, values and leaves.");
            code.Line(FormattableString.Invariant($"public static {type} {binding} {{ get; }} = new(\"record.data.{field.Source}\", {field.Type.MapDepth}, {field.Type.Codec});"));
            code.Line();
        }
    }

    private static void New(CodeWriter code, MachineModel machine)
    {
        var given = machine.Data.Where(f => !f.IsVault && f.Type.MapDepth == 0).ToList();
        var initial = machine.States[0].Type;
        code.Summary(null, "A new machine: no step is made yet, its vaults and maps are empty.");
        ParameterDocs(code, given);
        code.Line("/// <returns>The machine in its first state.</returns>");
        code.Open($"public static {initial} New({Parameters(given).TrimEnd(' ', ',')})");
        code.Line($"var fields = new {Scalars}();");
        machine.Maps.ToList().ForEach(map => code.Line($"{map}.Clear(fields);"));
        foreach (var field in machine.Data.Where(f => f.Type.MapDepth == 0))
        {
            code.Line(field.IsVault ? $"{field.Type.Codec}.Clear(\"record.data.{field.Source}\", fields);" : $"{field.Type.Codec}.Write({field.Parameter}, \"record.data.{field.Source}\", fields);");
        }

        foreach (var (state, field) in machine.States.SelectMany(s => s.Fields.Select(f => (s, f))))
        {
            code.Line($"{field.Type.Codec}.Clear(\"record.states.{state.Source}.{field.Source}\", fields);");
        }

        code.Line($"return new {initial}({Runtime}.TenorRecord.New(Binding.Name, InterfaceHash, fields));");
        code.Close();
        code.Line();
    }

    private static void StateOf(CodeWriter code, MachineModel machine)
    {
        code.Summary(null, "The machine that a record is of, in its state.");
        code.Line("/// <param name=\"record\">The record.</param>");
        code.Line("/// <returns>The machine.</returns>");
        code.Line($"/// <exception cref=\"{Runtime}.TenorException\">The record is another machine's, or of rules with another interface.</exception>");
        code.Open($"public static State StateOf({Runtime}.TenorRecord record) => Binding.Check(record).State switch");
        for (var i = 0; i < machine.States.Count; i++)
        {
            code.Line(FormattableString.Invariant($"{i} => new {machine.States[i].Type}(record),"));
        }

        code.Line($"_ => throw new {Runtime}.TenorException(new({Runtime}.TenorErrorKind.Mismatch, \"the record is in no state of the machine\")),");
        code.Close("};");
        code.Line();
        code.Summary(null, "The machine that a record of a store, or of another ledger, is of.");
        code.Line("/// <param name=\"record\">The record.</param>");
        code.Line("/// <returns>The machine.</returns>");
        code.Line($"/// <exception cref=\"{Runtime}.TenorException\">The record is another machine's.</exception>");
        code.Line($"public static State StateOf({Runtime}.State.StateRecord record) => StateOf(Binding.Of(record));");
        code.Line();
        code.Summary(null, "Loads a record that a state's record was saved to.");
        code.Line("/// <param name=\"path\">The file.</param>");
        code.Line("/// <returns>The machine.</returns>");
        code.Line($"public static State LoadState(string path) => StateOf({Runtime}.TenorRecord.Load(path));");
        code.Line();
    }

    private static void BaseState(CodeWriter code, MachineModel machine)
    {
        code.Summary(null, "The machine in one of its states: there are no others than those here. Its text form shows no private value.");
        code.Open("public abstract record State");
        code.Line($"private protected State({Runtime}.TenorRecord record) => Record = record;");
        code.Line();
        code.Summary(null, "The whole record, which can be saved. Private.");
        code.Line($"public {Runtime}.TenorRecord Record {{ get; }}");
        foreach (var (field, binding) in MapsOf(machine))
        {
            code.Line();
            code.Summary(field.Documentation, $"The map {field.Source}.");
            code.Line($"public {Runtime}.Maps.TenorMap{field.Type.Name} {field.Property} => {binding}.Of(Record);");
        }

        foreach (var field in machine.Data.Where(f => f.Type.MapDepth == 0))
        {
            code.Line();
            code.Summary(field.Documentation, field.IsVault ? $"The balance of the vault {field.Source}." : $"The field {field.Source}.");
            code.Line($"public {field.Type.Name} {field.Property} => {field.Type.Codec}.Read(\"record.data.{field.Source}\", Record.Values);");
        }

        code.Line();
        code.Line("// No class elsewhere can implement it: the states are these.");
        code.Line("private protected abstract bool Closed { get; }");
        code.Close();
        code.Line();
    }

    private static void State(CodeWriter code, MachineModel machine, StateModel state)
    {
        code.Summary(state.Documentation, $"The machine in state {state.Source}{(state.IsFinal ? ", which no step leaves" : "")}.");
        code.Open($"public sealed record {state.Type} : State");
        code.Line($"internal {state.Type}({Runtime}.TenorRecord record)");
        code.Line("    : base(record)");
        code.Line("{");
        code.Line("}");
        foreach (var field in state.Fields)
        {
            code.Line();
            code.Summary(field.Documentation, $"The field {field.Source} of the state.");
            code.Line($"public {field.Type.Name} {field.Property} => {field.Type.Codec}.Read(\"record.states.{state.Source}.{field.Source}\", Record.Values);");
        }

        code.Line();
        code.Line("private protected override bool Closed => true;");
        foreach (var transition in state.Transitions.Select(i => machine.Transitions[i]))
        {
            code.Line();
            code.Summary(transition.Documentation, $"The transition {transition.Source}: to be run or proved by the loaded machine.");
            ParameterDocs(code, transition.Arguments);
            code.Line("/// <param name=\"at\">When it is made.</param>");
            code.Line("/// <returns>The step.</returns>");
            code.Open($"public {Runtime}.TenorStep<{transition.After}, {transition.Statement}> {transition.Method}({Parameters(transition.Arguments)}{Runtime}.Values.TimeWindow at)");
            WriteArguments(code, transition.Arguments);
            var after = transition.After == "State" ? "StateOf" : $"static record => ({transition.After})StateOf(record)";
            code.Line($"return new(\"{transition.Source}\", Record, arguments, at, {after}, {transition.Statement}.Of){(Proofs(transition.Arguments) is { } proofs ? $" {{ Proofs = {proofs} }}" : "")};");
            code.Close();
        }

        var parts = machine.Data.Concat(state.Fields).Select(f => $", (\"{f.Source}\", {(!f.IsPublic || f.Type.MapDepth > 0 ? "null" : f.Type.IsOptional ? $"(object?){f.Property} ?? \"none\"" : f.Property)})");
        code.Line();
        code.Line("/// <summary>The state with its public values.</summary>");
        code.Line("/// <returns>That text.</returns>");
        code.Line($"public override string ToString() => {Bindings}.Redaction.Describe(\"{machine.Type}.{state.Source}\"{string.Concat(parts)});");
        code.Close();
        code.Line();
    }

    private static void Events(CodeWriter code, MachineModel machine)
    {
        code.Summary(null, "An event of a step. Events are public.");
        code.Open("public abstract record Event");
        code.Line("private protected Event()");
        code.Line("{");
        code.Line("}");
        code.Line();
        code.Line("private protected abstract bool Closed { get; }");
        code.Line();
        code.Open($"internal static Event Of(string name, string path, global::System.Collections.Generic.IReadOnlyDictionary<string, {Scalar}> values) => name switch");
        foreach (var e in machine.Events)
        {
            code.Line($"\"{e.Source}\" => new {e.Type}({string.Join(", ", e.Fields.Select(f => $"{f.Type.Codec}.Read(path + \".{f.Source}\", values)"))}),");
        }

        code.Line("_ => new OtherEvent(name),");
        code.Close("};");
        code.Close();
        code.Line();
        foreach (var e in machine.Events)
        {
            code.Summary(e.Documentation, $"The event {e.Source}.");
            foreach (var field in e.Fields)
            {
                code.Line($"/// <param name=\"{field.Property}\">{CodeWriter.Escape(field.Documentation?.Replace('\n', ' ') ?? $"The field {field.Source}.")}</param>");
            }

            code.Open($"public sealed record {e.Type}({string.Join(", ", e.Fields.Select(f => $"{f.Type.Name} {f.Property}"))}) : Event");
            code.Line("private protected override bool Closed => true;");
            code.Close();
            code.Line();
        }

        code.Summary(null, "An event that is declared outside the machine.");
        code.Line("/// <param name=\"Name\">Its name.</param>");
        code.Open("public sealed record OtherEvent(string Name) : Event");
        code.Line("private protected override bool Closed => true;");
        code.Close();
        code.Line();
    }

    private static void StepStatement(CodeWriter code, TransitionModel transition)
    {
        code.Summary(null, $"What a proof of the transition {transition.Source} says.");
        code.Open($"public sealed class {transition.Statement} : {Runtime}.StepStatement");
        StatementHead(code, transition.Statement, transition.Source, transition.Arguments);
        EventsOfStep(code);
        code.Close();
        code.Line();
    }

    private static void History(CodeWriter code, MachineModel machine)
    {
        code.Summary(null, "What a proof of many steps says: that they lead from one record to another, in this order.");
        code.Open($"public sealed class History : {Runtime}.TypedHistory<Step>");
        code.Line($"private History({Runtime}.TenorHistory content)");
        code.Line("    : base(Binding, content, Step.Of)");
        code.Line("{");
        code.Line("}");
        code.Line();
        code.Summary(null, "Reads a history's file. It is only what somebody says until a proof of it is verified.");
        code.Line("/// <param name=\"path\">The file.</param>");
        code.Line("/// <param name=\"key\">The key.</param>");
        code.Line("/// <returns>The history.</returns>");
        code.Line($"public static History Load(string path, {Runtime}.TenorKey key) => new(Read(path, key, Binding));");
        code.Line();
        code.Summary(null, "A history that was proved here, typed.");
        code.Line("/// <param name=\"content\">The history.</param>");
        code.Line("/// <returns>The same, typed.</returns>");
        code.Line($"public static History Of({Runtime}.TenorHistory content) => new(content);");
        code.Close();
        code.Line();
        code.Summary(null, "What a history says of one of its steps: there are no others than those here.");
        code.Open($"public abstract class Step : {Runtime}.HistoryStep");
        code.Line($"private protected Step({Runtime}.TenorStep content)");
        code.Line("    : base(content)");
        code.Line("{");
        code.Line("}");
        EventsOfStep(code);
        code.Line();
        code.Line("private protected abstract bool Closed { get; }");
        code.Line();
        code.Open($"internal static Step Of({Runtime}.TenorStep content) => content.Function.Name switch");
        foreach (var transition in machine.Transitions)
        {
            code.Line($"\"{transition.Source}\" => new {transition.Step}(content),");
        }

        code.Line($"_ => throw new {Runtime}.TenorException(new({Runtime}.TenorErrorKind.Mismatch, \"the history has a step of no transition of the machine\")),");
        code.Close("};");
        code.Close();
        code.Line();
        foreach (var transition in machine.Transitions)
        {
            code.Summary(null, $"What a history says of a step that the transition {transition.Source} made.");
            code.Open($"public sealed class {transition.Step} : Step");
            code.Line($"internal {transition.Step}({Runtime}.TenorStep content)");
            code.Line("    : base(content)");
            code.Line("{");
            code.Line("}");
            PublicArguments(code, transition.Arguments);
            code.Line();
            code.Line("private protected override bool Closed => true;");
            code.Close();
            code.Line();
        }
    }

    private static void EventsOfStep(CodeWriter code)
    {
        code.Line();
        code.Summary(null, "The events, in order.");
        code.Line("public global::System.Collections.Immutable.ImmutableArray<Event> Events => EventsBy((name, path) => Event.Of(name, path, Content.Opened));");
    }
}
